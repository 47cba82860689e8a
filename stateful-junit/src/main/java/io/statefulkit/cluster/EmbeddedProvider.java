package io.statefulkit.cluster;

import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.embedded.EmbeddedOptions;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kubernetes in this JVM. It starts in a second or two and needs nothing but a Linux. */
final class EmbeddedProvider implements ClusterProvider {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedProvider.class);

    @Override
    public ProviderKind kind() {
        return ProviderKind.EMBEDDED;
    }

    @Override
    public Optional<String> obstacle(ClusterSettings settings) {
        String os = System.getProperty("os.name", "");
        return os.toLowerCase(Locale.ROOT).startsWith("linux")
                ? Optional.empty()
                : Optional.of("it runs on Linux only, and this is " + os);
    }

    @Override
    public Cluster start(ClusterSettings settings) {
        if (settings.reuse() == Reuse.ACROSS_RUNS) {
            LOG.info("an embedded cluster ends with its JVM, so that no other run finds it; it starts in a second");
        }
        try {
            EmbeddedCluster cluster = EmbeddedCluster.start(EmbeddedOptions.defaults()
                    .withNodes(settings.nodes())
                    .withImages(StandardImages.of(settings.images())));
            return new ClientCluster(kind(), cluster.client(), cluster.kubeconfig(), cluster.faults()::kill, cluster);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new ClusterStartException("the embedded cluster did not start: " + e.getMessage(), e);
        }
    }
}
