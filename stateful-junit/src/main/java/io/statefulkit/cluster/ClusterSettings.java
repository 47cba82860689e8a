package io.statefulkit.cluster;

import java.time.Duration;

/**
 * What cluster tests ask for. Equal settings share one cluster.
 *
 * @param provider its kind
 * @param k3sImage the image of the server, for k3s
 * @param startTimeout how long its start may take, without the time to pull images
 */
public record ClusterSettings(ProviderKind provider, String k3sImage, Duration startTimeout) {

    /** The k3s that is used when nothing else is said. */
    public static final String DEFAULT_K3S_IMAGE = "rancher/k3s:v1.34.1-k3s1";

    /** Any cluster that this machine can start, within 2 minutes. */
    public static ClusterSettings defaults() {
        return new ClusterSettings(ProviderKind.AUTO, DEFAULT_K3S_IMAGE, Duration.ofMinutes(2));
    }

    /** The same for another kind of cluster. */
    public ClusterSettings withProvider(ProviderKind kind) {
        return new ClusterSettings(kind, k3sImage, startTimeout);
    }
}
