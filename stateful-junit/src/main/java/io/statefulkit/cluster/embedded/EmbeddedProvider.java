package io.statefulkit.cluster.embedded;

import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterProvider;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ClusterStartException;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.client.ClientCluster;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.embedded.EmbeddedOptions;
import io.statefulkit.internal.NotApi;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kubernetes in this JVM, or in one that it shares with others. It starts in a second or two and needs nothing but a Linux. */
@NotApi
public final class EmbeddedProvider implements ClusterProvider {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedProvider.class);

    @Override
    public ProviderKind kind() {
        return ProviderKind.EMBEDDED;
    }

    @Override
    public Optional<String> obstacle(ClusterSettings settings) {
        return EmbeddedCluster.obstacle();
    }

    @Override
    public Cluster start(ClusterSettings settings) {
        return switch (settings.reuse()) {
            case PER_RUN, PER_CLASS -> own(settings);
            case PER_BUILD, ACROSS_RUNS -> shared(settings);
        };
    }

    /** Sharing makes tests faster, but nothing else of them depends on it. */
    private static Cluster shared(ClusterSettings settings) {
        try {
            return SharedEmbedded.of(settings).join();
        } catch (ClusterStartException | IllegalStateException | UncheckedIOException e) {
            LOG.info("the embedded cluster is not shared with other JVMs, since {}", e.getMessage());
            return own(settings);
        }
    }

    private static Cluster own(ClusterSettings settings) {
        try {
            EmbeddedCluster cluster = EmbeddedCluster.start(EmbeddedOptions.defaults()
                    .withNodes(settings.nodes())
                    .withImages(SuppliedImages.of(settings.images())));
            return new ClientCluster(
                    ProviderKind.EMBEDDED, cluster.client(), cluster.kubeconfig(), cluster.faults()::kill, cluster);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new ClusterStartException("the embedded cluster did not start: " + e.getMessage(), e);
        }
    }
}
