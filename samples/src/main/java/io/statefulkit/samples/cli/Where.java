package io.statefulkit.samples.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.choice.ClusterRegistry;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.embedded.EmbeddedOptions;
import io.statefulkit.embedded.image.ImageCatalog;
import io.statefulkit.samples.service.ServiceStory;
import io.statefulkit.samples.service.VisitService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A cluster on which a story is told.
 *
 * @param what it is, in a few words
 * @param client reaches it
 * @param kubeconfig reaches it as well
 * @param lasting whether it goes on when the story has ended
 * @param end what ends with the story
 */
record Where(String what, KubernetesClient client, Path kubeconfig, boolean lasting, AutoCloseable end)
        implements AutoCloseable {

    static Where embedded() {
        ImageCatalog images = ImageCatalog.standard().withJava(ServiceStory.NAME, VisitService.class);
        EmbeddedCluster cluster =
                EmbeddedCluster.start(EmbeddedOptions.defaults().withImages(images));
        return new Where("an embedded cluster", cluster.client(), cluster.kubeconfig(), false, cluster);
    }

    static Where k3s() {
        ClusterRegistry registry = ClusterRegistry.ofThisJvm();
        Cluster cluster = registry.cluster(ClusterSettings.defaults().withProvider(ProviderKind.K3S));
        return new Where("k3s " + cluster.version(), cluster.client(), cluster.kubeconfig(), false, registry);
    }

    static Where kubeconfig(Path file) {
        Config config = read(file);
        String context = Optional.ofNullable(config.getCurrentContext())
                .map(current -> "context " + current.getName() + " of " + file)
                .orElse(file.toString());
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        return new Where("the cluster at " + config.getMasterUrl() + " (" + context + ")", client, file, true, client);
    }

    /** As a file: paths in it are relative to it, and a token that a command gives is asked for again when it has expired. */
    private static Config read(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException("the kubeconfig " + file + " cannot be read: there is no such file");
        }
        try {
            return Config.fromKubeconfig(file.toFile());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the kubeconfig " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            end.close();
        } catch (Exception e) {
            throw new IllegalStateException("the cluster was not closed: " + e.getMessage(), e);
        }
    }
}
