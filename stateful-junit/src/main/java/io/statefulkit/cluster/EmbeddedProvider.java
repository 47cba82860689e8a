package io.statefulkit.cluster;

import io.statefulkit.embedded.EmbeddedCluster;
import java.util.Locale;
import java.util.Optional;

/** A Kubernetes in this JVM. It starts in a second or two and needs nothing but a Linux. */
final class EmbeddedProvider implements ClusterProvider {

    @Override
    public ProviderKind kind() {
        return ProviderKind.EMBEDDED;
    }

    @Override
    public Optional<String> obstacle() {
        String os = System.getProperty("os.name", "");
        return os.toLowerCase(Locale.ROOT).startsWith("linux")
                ? Optional.empty()
                : Optional.of("it runs on Linux only, and this is " + os);
    }

    @Override
    public Cluster start(ClusterSettings settings) {
        try {
            EmbeddedCluster cluster = EmbeddedCluster.start();
            return new ClientCluster(kind(), cluster.client(), cluster.kubeconfig(), cluster.faults()::kill, cluster);
        } catch (IllegalStateException e) {
            throw new ClusterStartException("the embedded cluster did not start: " + e.getMessage(), e);
        }
    }
}
