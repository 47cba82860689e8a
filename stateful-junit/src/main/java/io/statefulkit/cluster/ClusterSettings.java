package io.statefulkit.cluster;

import java.time.Duration;

/**
 * What cluster tests ask for. Equal settings share one cluster.
 *
 * @param provider its kind
 * @param k3sImage the image of the server, for k3s
 * @param startTimeout how long its start may take, without the time to pull images
 * @param failWithoutDocker whether {@link ProviderKind#AUTO} is an error where no k3s can be started, instead of an embedded
 *     cluster
 */
public record ClusterSettings(
        ProviderKind provider, String k3sImage, Duration startTimeout, boolean failWithoutDocker) {

    /** The k3s that is used when nothing else is said. */
    public static final String DEFAULT_K3S_IMAGE = "rancher/k3s:v1.34.1-k3s1";

    /** Any cluster that this machine can start, within 2 minutes. */
    public static ClusterSettings defaults() {
        return new ClusterSettings(ProviderKind.AUTO, DEFAULT_K3S_IMAGE, Duration.ofMinutes(2), false);
    }

    /** The same, but where no k3s can be started, {@link ProviderKind#AUTO} is an error: on CI, to keep from testing less than meant. */
    public ClusterSettings failingWithoutDocker() {
        return new ClusterSettings(provider, k3sImage, startTimeout, true);
    }

    /** The same for another kind of cluster. */
    public ClusterSettings withProvider(ProviderKind kind) {
        return new ClusterSettings(kind, k3sImage, startTimeout, failWithoutDocker);
    }
}
