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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A cluster on which a story is told: {@code what} it is, {@code client} reaches it, {@code kubeconfig} as well. */
record Where(String what, KubernetesClient client, Path kubeconfig, AutoCloseable end) implements AutoCloseable {

    static Where embedded() {
        ImageCatalog images = ImageCatalog.standard().withJava(ServiceStory.IMAGE, VisitService.class);
        EmbeddedCluster cluster =
                EmbeddedCluster.start(EmbeddedOptions.defaults().withImages(images));
        return new Where("an embedded cluster", cluster.client(), cluster.kubeconfig(), cluster);
    }

    static Where k3s() {
        ClusterRegistry registry = ClusterRegistry.ofThisJvm();
        Cluster cluster = registry.cluster(ClusterSettings.defaults().withProvider(ProviderKind.K3S));
        return new Where("k3s " + cluster.version(), cluster.client(), cluster.kubeconfig(), registry);
    }

    static Where kubeconfig(Path file) {
        try {
            Config config = Config.fromKubeconfig(Files.readString(file));
            KubernetesClient client =
                    new KubernetesClientBuilder().withConfig(config).build();
            return new Where("the cluster at " + config.getMasterUrl(), client, file, client);
        } catch (IOException e) {
            throw new UncheckedIOException("the kubeconfig " + file + " cannot be read: " + e.getMessage(), e);
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
