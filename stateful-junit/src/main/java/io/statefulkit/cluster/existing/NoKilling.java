package io.statefulkit.cluster.existing;

import io.statefulkit.cluster.client.Killing;
import java.util.Optional;

/** Kills nothing, since it is not possible or not allowed. */
record NoKilling(String why) implements Killing {

    @Override
    public Optional<String> obstacle() {
        return Optional.of(why);
    }

    @Override
    public void kill(String namespace, String pod, String container) {
        throw new UnsupportedOperationException(
                "cannot kill the process of container " + container + " of pod " + namespace + "/" + pod + ": " + why);
    }
}
