package io.statefulkit.cluster.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ExistingOptions;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.client.ClientCluster;
import io.statefulkit.embedded.EmbeddedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An embedded cluster is as good as any other when it is reached by its kubeconfig. */
class ExistingClusterIT {

    private static final EmbeddedCluster EMBEDDED = EmbeddedCluster.start();
    private static final String OURS = "app.kubernetes.io/managed-by";

    @TempDir
    private Path directory;

    @AfterAll
    static void end() {
        EMBEDDED.close();
    }

    private static Cluster existing() {
        return new KubeconfigProvider()
                .start(ClusterSettings.defaults()
                        .withExisting(new ExistingOptions(EMBEDDED.kubeconfig().toString(), ".*", false)));
    }

    @Test
    void what_it_knows_about_a_namespace_is_written_without_passwords() throws IOException {
        EMBEDDED.client()
                .secrets()
                .inNamespace("default")
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("admin")
                        .endMetadata()
                        .addToStringData("password", "hunter2-and-more")
                        .build())
                .create();
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("talker")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("busybox:1.36")
                .withCommand("sh", "-c", "echo I am here, with hunter2-and-more; sleep 600")
                .addNewEnv()
                .withName("ADMIN_PASSWORD")
                .withValue("hunter2")
                .endEnv()
                .endContainer()
                .endSpec()
                .build();
        EMBEDDED.client().pods().inNamespace("default").resource(pod).create();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreException(KubernetesClientException.class)
                .until(() -> EMBEDDED.client()
                        .pods()
                        .inNamespace("default")
                        .withName("talker")
                        .getLog()
                        .contains("here"));
        Files.writeString(
                directory.resolve("failure.txt"), "password hunter2-and-more was refused\n" + "x".repeat(900_000));

        new ClientCluster(
                        ProviderKind.KUBECONFIG,
                        EMBEDDED.client(),
                        EMBEDDED.kubeconfig(),
                        new NoKilling("nobody kills"),
                        () -> {})
                .describe("default", directory);

        assertThat(directory.resolve("talker-main.log")).content().isEqualTo("I am here, with (redacted)\n");
        assertThat(directory.resolve("failure.txt"))
                .content()
                .startsWith("password (redacted) was refused")
                .contains("characters left out")
                .hasSizeLessThan(300_000);
        assertThat(directory.resolve("events.txt")).content().contains("Pod/talker");
        assertThat(directory.resolve("pods.yaml"))
                .content()
                .contains("ADMIN_PASSWORD", "(redacted)")
                .doesNotContain("hunter2");
        assertThat(directory.resolve("claims.yaml")).isEmptyFile();
    }

    @Test
    void a_cluster_is_used_by_its_kubeconfig_and_nothing_outside_of_its_namespaces_is_touched() {
        String namespace = "existing-" + UUID.randomUUID();
        EMBEDDED.client()
                .namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace + "-of-others")
                        .endMetadata()
                        .build())
                .create();
        try (Cluster cluster = existing()) {
            assertThat(cluster.version()).startsWith("v1.");
            cluster.createNamespace(namespace, Map.of());
            assertThat(labels(namespace)).containsEntry(OURS, "statefulkit-junit");
            assertThat(cluster.hasNamespace(namespace)).isTrue();
            cluster.deleteNamespace(namespace);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !cluster.hasNamespace(namespace));
            cluster.deleteNamespace(namespace);

            assertThatThrownBy(() -> cluster.deleteNamespace(namespace + "-of-others"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is not one of tests: it has no label " + OURS + "=statefulkit-junit");
            assertThatThrownBy(() -> cluster.kill("shop", "orders-0", "postgres"))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageStartingWith("cannot kill the process of container postgres of pod shop/orders-0");
        }
        assertThat(EMBEDDED.client()
                        .namespaces()
                        .withName(namespace + "-of-others")
                        .get())
                .as("the cluster goes on, with what is of others")
                .isNotNull();
    }

    private static Map<String, String> labels(String namespace) {
        return EMBEDDED.client()
                .namespaces()
                .withName(namespace)
                .get()
                .getMetadata()
                .getLabels();
    }

    @Test
    void where_a_pod_kills_namespaces_admit_it() {
        String namespace = "killing-" + UUID.randomUUID();
        ClientCluster cluster = new ClientCluster(
                ProviderKind.KUBECONFIG,
                EMBEDDED.client(),
                EMBEDDED.kubeconfig(),
                new NodeKill(EMBEDDED.client()),
                () -> {});

        cluster.createNamespace(namespace, Map.of());

        assertThat(labels(namespace))
                .containsEntry(OURS, "statefulkit-junit")
                .containsEntry("pod-security.kubernetes.io/enforce", "privileged");
        cluster.deleteNamespace(namespace);
    }

    @Test
    void an_embedded_cluster_of_another_jvm_kills_by_its_api_server() {
        ExistingOptions allowing = new ExistingOptions(EMBEDDED.kubeconfig().toString(), ".*", true);
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("victim")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("busybox:1.36")
                .withCommand("sleep", "600")
                .endContainer()
                .endSpec()
                .build();
        EMBEDDED.client().pods().inNamespace("default").resource(pod).create();
        try (Cluster cluster =
                new KubeconfigProvider().start(ClusterSettings.defaults().withExisting(allowing))) {
            assertThat(cluster.killObstacle()).isEmpty();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> status("victim")
                            .map(status -> status.getState().getRunning() != null)
                            .orElse(false));

            cluster.kill("default", "victim", "main");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> status("victim")
                            .map(ContainerStatus::getLastState)
                            .map(ContainerState::getTerminated)
                            .map(ContainerStateTerminated::getExitCode)
                            .equals(Optional.of(137)));
            assertThatThrownBy(() -> cluster.kill("default", "nobody", "main"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("the process of container main of pod default/nobody was not killed: ")
                    .hasMessageContaining("pods \"nobody\" not found");
        }
    }

    private static Optional<ContainerStatus> status(String pod) {
        return EMBEDDED
                .client()
                .pods()
                .inNamespace("default")
                .withName(pod)
                .get()
                .getStatus()
                .getContainerStatuses()
                .stream()
                .findFirst();
    }

    @Test
    void what_keeps_a_namespace_is_named() {
        String namespace = "kept-" + UUID.randomUUID();
        try (Cluster cluster = existing()) {
            cluster.createNamespace(namespace, Map.of());
            EMBEDDED.client()
                    .configMaps()
                    .inNamespace(namespace)
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("held")
                            .addToFinalizers("example.com/hold")
                            .endMetadata()
                            .build())
                    .create();

            cluster.deleteNamespace(namespace);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(cluster.keeping(namespace))
                            .contains("ConfigMap/held waits for the finalizers [example.com/hold]"));
            assertThat(cluster.hasNamespace(namespace)).isTrue();
            EMBEDDED.client()
                    .configMaps()
                    .inNamespace(namespace)
                    .withName("held")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !cluster.hasNamespace(namespace));
        }
    }
}
