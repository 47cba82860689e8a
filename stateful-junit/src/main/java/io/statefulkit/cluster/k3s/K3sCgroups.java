package io.statefulkit.cluster.k3s;

import java.util.List;
import java.util.Locale;

/** Which cgroups a node sees. It decides whether k3s starts, and neither way works on all machines. */
enum K3sCgroups {
    /** Those of the machine, which are mounted. */
    OF_THE_MACHINE,
    /** Its own, of a namespace of the container. */
    ITS_OWN;

    /**
     * The order in which they are tried: what worked the last time first, or else what usually works with this engine.
     *
     * @param engine the name of the engine's system, as {@code docker info} gives it
     * @param last what worked, or something else
     */
    static List<K3sCgroups> ladder(String engine, String last) {
        boolean isOwnUsual = engine.toLowerCase(Locale.ROOT).matches(".*(orbstack|podman).*");
        boolean isOwnFirst = isOwnUsual ? !last.equals(OF_THE_MACHINE.name()) : last.equals(ITS_OWN.name());
        return isOwnFirst ? List.of(ITS_OWN, OF_THE_MACHINE) : List.of(OF_THE_MACHINE, ITS_OWN);
    }
}
