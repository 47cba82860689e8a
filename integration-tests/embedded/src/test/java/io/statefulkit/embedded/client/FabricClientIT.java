package io.statefulkit.embedded.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with fabric8's client beyond reading and writing objects. */
class FabricClientIT {

    private static final String SPACE = "fabric";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static KubernetesClient client;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        client = ClientCluster.get().client();
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(SPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    @Test
    void directories_and_files_are_sent_and_fetched() throws IOException {
        client.pods().inNamespace(SPACE).resource(sleeping("files")).create();
        PodResource pod = client.pods().inNamespace(SPACE).withName("files");
        pod.waitUntilReady(60, TimeUnit.SECONDS);
        Path sent = Files.createDirectories(directory.resolve("sent/below"));
        Files.writeString(sent.resolve("file"), "content");
        // The client ends the input of a command by leaving: what it sent must arrive all the same.
        for (int i = 0; i < 3; i++) {
            assertThat(pod.dir("/files/" + i).upload(directory.resolve("sent"))).isTrue();
        }
        assertThat(pod.file("/files/single").upload(sent.resolve("file"))).isTrue();

        assertThat(pod.dir("/files").copy(directory.resolve("back"))).isTrue();
        assertThat(directory.resolve("back/files/2/below/file")).hasContent("content");
        assertThat(directory.resolve("back/files/single")).hasContent("content");
        pod.delete();
    }

    @Test
    void an_object_is_created_or_updated_applied_and_fought_over() {
        ConfigMap map = map("owned", "1");
        client.configMaps().inNamespace(SPACE).resource(map).createOr(NonDeletingOperation::update);
        client.configMaps().inNamespace(SPACE).resource(map("owned", "2")).createOr(NonDeletingOperation::update);
        assertThatThrownBy(() -> client.resource(map("owned", "3")).serverSideApply())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo(409))
                .hasMessageContaining("Apply failed with 1 conflict");
        assertThat(client.resource(map("owned", "3"))
                        .forceConflicts()
                        .serverSideApply()
                        .getData())
                .isEqualTo(Map.of("k", "3"));
        assertThat(client.configMaps()
                        .inNamespace(SPACE)
                        .withName("owned")
                        .waitUntilCondition(found -> "3".equals(found.getData().get("k")), 60, TimeUnit.SECONDS))
                .isNotNull();
    }

    @Test
    void a_long_list_comes_compressed_and_is_read_as_any_other() throws Exception {
        String large = "k".repeat(100_000);
        for (String name : List.of("large-1", "large-2")) {
            client.resource(map(name, large)).create();
        }

        HttpResponse<String> answer = client.getHttpClient()
                .sendAsync(
                        client.getHttpClient()
                                .newHttpRequestBuilder()
                                .uri(client.getMasterUrl() + "api/v1/namespaces/" + SPACE + "/configmaps")
                                .build(),
                        String.class)
                .get();

        // The server says so of what it compressed, and of nothing else.
        assertThat(answer.headers("Vary")).containsExactly("Accept-Encoding");
        assertThat(Serialization.unmarshal(answer.body(), ConfigMapList.class).getItems())
                .filteredOn(map -> map.getMetadata().getName().startsWith("large-"))
                .extracting(map -> map.getData().get("k"))
                .containsExactly(large, large);
    }

    @Test
    void the_lead_is_taken_and_handed_on() throws Exception {
        Queue<String> leaders = new ConcurrentLinkedQueue<>();
        CompletableFuture<?> first = elector("one", leaders).start();
        await().atMost(LIMIT).until(() -> leaders.contains("one leads"));
        CompletableFuture<?> second = elector("two", leaders).start();
        first.cancel(true);
        await().atMost(LIMIT).until(() -> leaders.contains("two leads"));
        second.cancel(true);
        await().atMost(LIMIT).until(() -> leaders.contains("two stops"));
        assertThat(leaders).containsExactly("one leads", "one stops", "two leads", "two stops");
    }

    private static LeaderElector elector(String name, Queue<String> leaders) {
        return client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName("lead")
                        .withLeaseDuration(Duration.ofSeconds(60))
                        .withRenewDeadline(Duration.ofSeconds(50))
                        .withRetryPeriod(Duration.ofMillis(100))
                        .withReleaseOnCancel()
                        .withLock(new LeaseLock(SPACE, "lead", name))
                        .withLeaderCallbacks(new LeaderCallbacks(
                                () -> leaders.add(name + " leads"), () -> leaders.add(name + " stops"), leader -> {}))
                        .build())
                .build();
    }

    private static ConfigMap map(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(SPACE)
                .endMetadata()
                .addToData("k", value)
                .build();
    }

    private static Pod sleeping(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("main")
                .withImage("busybox:1.37")
                .withCommand("sleep", "1000")
                .addNewVolumeMount()
                .withName("files")
                .withMountPath("/files")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("files")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .build();
    }
}
