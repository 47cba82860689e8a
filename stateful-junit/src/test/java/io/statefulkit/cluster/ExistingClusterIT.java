package io.statefulkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statefulkit.embedded.EmbeddedCluster;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An embedded cluster is as good as any other when it is reached by its kubeconfig. */
class ExistingClusterIT {

    @Test
    void a_cluster_is_used_by_its_kubeconfig() {
        String namespace = "existing-" + UUID.randomUUID();
        try (EmbeddedCluster existing = EmbeddedCluster.start()) {
            Map<String, String> settings =
                    Map.of("kubeconfig", existing.kubeconfig().toString(), "allowContexts", ".*");
            KubeconfigProvider provider = new KubeconfigProvider(name -> Optional.ofNullable(settings.get(name)));

            try (Cluster cluster = provider.start(ClusterSettings.defaults())) {
                assertThat(cluster.version()).startsWith("v1.");
                cluster.createNamespace(namespace, Map.of("app.kubernetes.io/managed-by", "statefulkit-junit"));
                assertThat(cluster.hasNamespace(namespace)).isTrue();
                cluster.deleteNamespace(namespace);
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !cluster.hasNamespace(namespace));
                assertThatThrownBy(() -> cluster.kill("shop", "orders-0", "postgres"))
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageStartingWith("cannot kill the process of container postgres of pod shop/orders-0");
            }
            assertThat(existing.client().namespaces().list().getItems())
                    .as("the cluster itself goes on")
                    .isNotEmpty();
        }
    }
}
