package io.statefulkit.spec.storage;

import io.statefulkit.internal.Checks;
import java.util.Optional;

/**
 * A PersistentVolume that is made by hand, from a directory of a node.
 *
 * @param name of the PersistentVolume
 * @param path directory on the node
 * @param kind hostPath or local
 * @param node name of the node that has the directory; any if empty
 * @param reclaim what happens to the volume when its claim is deleted; kept unless said
 */
public record StaticVolume(String name, String path, Kind kind, Optional<String> node, Reclaim reclaim) {

    /** How the node makes the directory available. */
    public enum Kind {
        /** Any directory, made where it is missing; Kubernetes does not know which node has it unless {@link StaticVolume#onNode} says. */
        HOST_PATH,
        /** A disk of one node; needs {@link StaticVolume#onNode}. */
        LOCAL
    }

    public StaticVolume {
        Checks.subdomain(name, "volume name");
        Checks.absolutePath(path, "volume path");
        node.ifPresent(text -> Checks.subdomain(text, "node"));
    }

    /** Return a volume from a directory that may be on any node. */
    public static StaticVolume hostPath(String name, String path) {
        return new StaticVolume(name, path, Kind.HOST_PATH, Optional.empty(), Reclaim.RETAIN);
    }

    /** Return a volume from a disk of one node; add {@link #onNode}. */
    public static StaticVolume local(String name, String path) {
        return new StaticVolume(name, path, Kind.LOCAL, Optional.empty(), Reclaim.RETAIN);
    }

    /** Say which node has the directory, so that the pod is scheduled there. */
    public StaticVolume onNode(String node) {
        return new StaticVolume(name, path, kind, Optional.of(node), reclaim);
    }

    /** Say what happens to the volume when its claim is deleted. */
    public StaticVolume reclaim(Reclaim reclaim) {
        return new StaticVolume(name, path, kind, node, reclaim);
    }
}
