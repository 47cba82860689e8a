package io.statefulkit.cluster.client;

import io.statefulkit.internal.NotApi;
import java.util.Map;
import java.util.Optional;

/** Kills a process from outside of its container. */
@NotApi
@FunctionalInterface
public interface Killing {
    void kill(String namespace, String pod, String container);

    /** What namespaces must say, so that it can. */
    default Map<String, String> labels() {
        return Map.of();
    }

    /** Why it cannot. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /** Why whole nodes are to be left alone. */
    default Optional<String> nodeObstacle() {
        return Optional.empty();
    }
}
