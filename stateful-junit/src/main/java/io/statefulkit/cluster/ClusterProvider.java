package io.statefulkit.cluster;

import java.util.Optional;

/** Starts clusters of one kind. Thread-safe. */
public interface ClusterProvider {

    /** The kind. */
    ProviderKind kind();

    /** Why there can be none on this machine; empty when there can. Answers within a second or two, and starts nothing. */
    Optional<String> obstacle();

    /**
     * Starts a cluster and returns when it can be used.
     *
     * @throws ClusterStartException when it cannot
     */
    Cluster start(ClusterSettings settings);
}
