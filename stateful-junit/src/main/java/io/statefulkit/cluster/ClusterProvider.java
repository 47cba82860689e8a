package io.statefulkit.cluster;

import java.util.Optional;

/** Starts clusters of one kind. Thread-safe. */
public interface ClusterProvider {

    /** The kind. */
    ProviderKind kind();

    /**
     * Why there can be no such cluster on this machine; empty when there can. Starts none. Mostly a matter of seconds, but who would start it may
     * have to be asked, and take its time.
     */
    Optional<String> obstacle(ClusterSettings settings);

    /** The same, as far as it can be told in a moment and without starting anything; by default just the same. */
    default Optional<String> glance(ClusterSettings settings) {
        return obstacle(settings);
    }

    /**
     * Starts a cluster and returns when it can be used.
     *
     * @throws ClusterStartException when it cannot
     */
    Cluster start(ClusterSettings settings);
}
