package io.statefulkit.cluster;

import io.statefulkit.embedded.image.ImageCatalog;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What cluster tests ask for. Equal settings share one cluster.
 *
 * @param provider its kind
 * @param k3s what k3s is told, where it is one
 * @param nodes how many nodes it has; a cluster that exists already has those it has
 * @param reuse how long it serves tests
 * @param startTimeout how long its start may take, without the time to pull images
 * @param failWithoutDocker whether {@link ProviderKind#AUTO} is an error where no k3s can be started, instead of an embedded
 *     cluster
 * @param images who supplies the images of an embedded cluster
 * @param existing which cluster it is, where it exists already, and what may be done to it
 */
public record ClusterSettings(
        ProviderKind provider,
        K3sOptions k3s,
        int nodes,
        Reuse reuse,
        Duration startTimeout,
        boolean failWithoutDocker,
        Class<? extends Supplier<ImageCatalog>> images,
        ExistingOptions existing) {

    /** The k3s that is used when nothing else is said. */
    public static final String DEFAULT_K3S_IMAGE = "rancher/k3s:v1.34.1-k3s1";

    /**
     * Checks the number of nodes.
     *
     * @throws IllegalArgumentException when there is none
     */
    public ClusterSettings {
        if (nodes < 1) {
            throw new IllegalArgumentException("a cluster has at least 1 node, not " + nodes);
        }
    }

    /**
     * Any cluster that this machine can start, with one node, for this run, within 2 minutes; which one it is, where it exists already,
     * says the environment.
     */
    public static ClusterSettings defaults() {
        return new ClusterSettings(
                ProviderKind.AUTO,
                K3sOptions.ofImage(DEFAULT_K3S_IMAGE),
                1,
                Reuse.PER_RUN,
                Duration.ofMinutes(2),
                false,
                StandardImages.class,
                ExistingOptions.ofThisJvm());
    }

    /** The same, but where no k3s can be started, {@link ProviderKind#AUTO} is an error: on CI, to keep from testing less than meant. */
    public ClusterSettings failingWithoutDocker() {
        return new ClusterSettings(provider, k3s, nodes, reuse, startTimeout, true, images, existing);
    }

    /** The same for another kind of cluster. */
    public ClusterSettings withProvider(ProviderKind kind) {
        return new ClusterSettings(kind, k3s, nodes, reuse, startTimeout, failWithoutDocker, images, existing);
    }

    /** The same with other options for k3s. */
    public ClusterSettings withK3s(K3sOptions options) {
        return new ClusterSettings(provider, options, nodes, reuse, startTimeout, failWithoutDocker, images, existing);
    }

    /** The same with so many nodes. */
    public ClusterSettings withNodes(int count) {
        return new ClusterSettings(provider, k3s, count, reuse, startTimeout, failWithoutDocker, images, existing);
    }

    /** The same with another reuse. */
    public ClusterSettings withReuse(Reuse other) {
        return new ClusterSettings(provider, k3s, nodes, other, startTimeout, failWithoutDocker, images, existing);
    }

    /** The same with other images, where the cluster is embedded. The class has a constructor without parameters. */
    public ClusterSettings withImages(Class<? extends Supplier<ImageCatalog>> supplier) {
        return new ClusterSettings(provider, k3s, nodes, reuse, startTimeout, failWithoutDocker, supplier, existing);
    }

    /** The same with another cluster, where it is one that exists already. */
    public ClusterSettings withExisting(ExistingOptions options) {
        return new ClusterSettings(provider, k3s, nodes, reuse, startTimeout, failWithoutDocker, images, options);
    }
}
