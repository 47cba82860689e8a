package io.statefulkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.embedded.EmbeddedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An embedded cluster is as good as any other when it is reached by its kubeconfig. */
class ExistingClusterIT {

    @TempDir
    private Path directory;

    @Test
    void what_it_knows_about_a_namespace_is_written_without_passwords() {
        try (EmbeddedCluster embedded = EmbeddedCluster.start()) {
            Pod pod = new PodBuilder()
                    .withNewMetadata()
                    .withName("talker")
                    .endMetadata()
                    .withNewSpec()
                    .addNewContainer()
                    .withName("main")
                    .withImage("busybox:1.36")
                    .withCommand("sh", "-c", "echo I am here; sleep 600")
                    .addNewEnv()
                    .withName("ADMIN_PASSWORD")
                    .withValue("hunter2")
                    .endEnv()
                    .endContainer()
                    .endSpec()
                    .build();
            embedded.client().pods().inNamespace("default").resource(pod).create();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreException(KubernetesClientException.class)
                    .until(() -> embedded.client()
                            .pods()
                            .inNamespace("default")
                            .withName("talker")
                            .getLog()
                            .contains("here"));

            new NamespaceDump(embedded.client(), "default", directory).write();

            assertThat(directory.resolve("talker-main.log")).content().contains("I am here");
            assertThat(directory.resolve("events.txt")).content().contains("Pod/talker");
            assertThat(directory.resolve("pods.yaml"))
                    .content()
                    .contains("ADMIN_PASSWORD", "(redacted)")
                    .doesNotContain("hunter2");
            assertThat(directory.resolve("claims.yaml")).isEmptyFile();
        }
    }

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
