package io.statefulkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A cluster of two nodes, and what can go wrong with it on purpose. */
class SeveralNodesIT {

    private static final String LOOP = "trap 'exit 0' TERM; sleep 1000 & wait";

    private static EmbeddedCluster cluster;
    private static KubernetesClient client;

    @BeforeAll
    static void start() {
        cluster = EmbeddedCluster.start(EmbeddedOptions.defaults()
                .withNodes(2)
                .withRestartBackOff(Duration.ofMillis(200), Duration.ofSeconds(2)));
        client = cluster.client();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @AfterEach
    void clear() {
        client.pods().inNamespace("default").withGracePeriod(0).delete();
        Stream.of("embedded", "embedded-2").forEach(node -> cordon(node, false));
    }

    @Test
    void pods_that_avoid_each_other_get_a_node_each_and_commands_find_them() throws Exception {
        String apart = "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
                + " [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: apart}}}]}}";
        create("apart-0", "apart", apart, "");
        create("apart-1", "apart", apart, "");
        awaitReady("apart-0");
        awaitReady("apart-1");
        create("apart-2", "apart", apart, "");

        assertThat(List.of(nodeOf("apart-0"), nodeOf("apart-1"))).containsExactlyInAnyOrder("embedded", "embedded-2");
        assertThat(exec("apart-0", "echo $HOSTNAME")).isEqualTo("0 apart-0\n");
        assertThat(exec("apart-1", "echo $HOSTNAME")).isEqualTo("0 apart-1\n");
        awaitMessage("apart-2", "0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.");
        cluster.faults().kill("default", "apart-1");
        eventually()
                .until(() ->
                        pod("apart-1").getStatus().getContainerStatuses().get(0).getRestartCount() == 1);
    }

    @Test
    void pods_that_spread_go_to_both_nodes_alike() {
        String spread = "topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname,"
                + " whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: spread}}}]";
        for (int i = 0; i < 4; i++) {
            create("spread-" + i, "spread", spread, "");
        }
        eventually()
                .until(() -> Stream.of(0, 1, 2, 3)
                        .noneMatch(i -> nodeOf("spread-" + i).isEmpty()));

        assertThat(Stream.of(0, 1, 2, 3).filter(i -> nodeOf("spread-" + i).equals("embedded")))
                .hasSize(2);
    }

    @Test
    void taints_selectors_and_tolerations_choose_the_node() {
        patchNode(
                "embedded-2",
                "{\"spec\":{\"taints\":[{\"effect\":\"NoSchedule\",\"key\":\"only\",\"value\":\"db\"}]}}");
        try {
            create("picky", "picky", "nodeSelector: {kubernetes.io/hostname: embedded-2}", "");
            create(
                    "tolerant",
                    "picky",
                    "nodeSelector: {kubernetes.io/hostname: embedded-2}\n  tolerations: [{key: only, value: db}]",
                    "");

            eventually().until(() -> nodeOf("tolerant").equals("embedded-2"));
            awaitMessage(
                    "picky",
                    "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had"
                            + " untolerated taint(s).");
        } finally {
            patchNode("embedded-2", "{\"spec\":{\"taints\":null}}");
        }
        eventually().until(() -> nodeOf("picky").equals("embedded-2"));
    }

    @Test
    void a_volume_keeps_its_pod_on_its_node_even_when_that_is_drained() throws Exception {
        claim("pinned");
        create("pinned", "pinned", "", "pinned");
        awaitReady("pinned");
        assertThat(exec("pinned", "echo here > /data/f")).isEqualTo("0 ");
        String node = nodeOf("pinned");

        cordon(node, true);
        eventually()
                .until(() -> client.nodes().withName(node).get().getSpec().getTaints().stream()
                        .anyMatch(taint -> taint.getKey().equals("node.kubernetes.io/unschedulable")));
        assertThat(client.pods().inNamespace("default").withName("pinned").evict())
                .isTrue();
        awaitGone("pinned");
        create("pinned", "pinned", "", "pinned");
        awaitMessage(
                "pinned",
                "0/2 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, 1 node(s) were"
                        + " unschedulable.");
        cordon(node, false);

        awaitReady("pinned");
        assertThat(nodeOf("pinned")).isEqualTo(node);
        assertThat(exec("pinned", "cat /data/f")).isEqualTo("0 here\n");
    }

    @Test
    void pods_leave_a_node_without_power_when_they_tolerate_it_no_longer() {
        create("left", "left", "", "");
        awaitReady("left");
        String node = nodeOf("left");

        cluster.faults().stopNode(node);
        try {
            eventually().until(() -> !ready("left"));
            assertThat(client.nodes().withName(node).get().getSpec().getTaints())
                    .extracting(Taint::getKey, Taint::getEffect)
                    .contains(org.assertj.core.groups.Tuple.tuple("node.kubernetes.io/unreachable", "NoExecute"));
            assertThat(pod("left").getMetadata().getDeletionTimestamp()).isNull();
            cluster.skipTime(Duration.ofSeconds(301));
            eventually().until(() -> pod("left").getMetadata().getDeletionTimestamp() != null);
        } finally {
            cluster.faults().startNode(node);
        }

        awaitGone("left");
        eventually()
                .until(() -> client.nodes()
                        .withName(node)
                        .get()
                        .getSpec()
                        .getTaints()
                        .isEmpty());
    }

    @Test
    void a_node_that_comes_back_in_time_keeps_its_pods() {
        create("kept", "kept", "", "");
        awaitReady("kept");
        String uid = pod("kept").getMetadata().getUid();

        cluster.faults().stopNode(nodeOf("kept"));
        eventually().until(() -> !ready("kept"));
        cluster.faults().startNode(nodeOf("kept"));

        awaitReady("kept");
        assertThat(pod("kept").getMetadata().getUid()).isEqualTo(uid);
        eventually()
                .until(() ->
                        pod("kept").getStatus().getContainerStatuses().get(0).getRestartCount() == 1);
    }

    @Test
    void watches_that_are_dropped_end_for_their_clients() throws Exception {
        try (KubernetesClient once = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withWatchReconnectLimit(0)
                        .build())
                .build()) {
            CountDownLatch ended = new CountDownLatch(1);
            CountDownLatch began = new CountDownLatch(1);
            client.configMaps()
                    .inNamespace("default")
                    .resource(new ConfigMapBuilder()
                            .withMetadata(new ObjectMeta())
                            .editMetadata()
                            .withName("watched")
                            .endMetadata()
                            .build())
                    .create();
            Watch watch = once.configMaps().inNamespace("default").watch(new Watcher<>() {
                @Override
                public void eventReceived(Action action, io.fabric8.kubernetes.api.model.ConfigMap map) {
                    began.countDown();
                }

                @Override
                public void onClose(WatcherException cause) {
                    ended.countDown();
                }
            });
            assertThat(began.await(60, TimeUnit.SECONDS)).isTrue();
            cluster.faults().dropWatches();
            assertThat(ended.await(60, TimeUnit.SECONDS)).as("the watch ended").isTrue();
            watch.close();
        }
    }

    @Test
    void a_slow_server_lets_its_clients_wait_until_it_is_fast_again() {
        try (Faults.Fault slow = cluster.faults().slowApi(Duration.ofMillis(400))) {
            long began = System.nanoTime();
            client.namespaces().withName("default").get();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
            slow.undo();
        }
        assertThat(client.namespaces().withName("default").get()).isNotNull();
    }

    @Test
    void pods_and_claims_wait_while_binding_is_delayed() {
        try (Faults.Fault delay = cluster.faults().delayBinding()) {
            claim("delayed");
            create("delayed", "delayed", "", "delayed");
            eventually()
                    .until(() -> client.v1().events().inNamespace("default").list().getItems().stream()
                            .anyMatch(
                                    event -> event.getInvolvedObject().getName().equals("delayed")
                                            && event.getReason().equals("WaitForFirstConsumer")));

            assertThat(nodeOf("delayed")).isEmpty();
            assertThat(client.persistentVolumeClaims()
                            .inNamespace("default")
                            .withName("delayed")
                            .get()
                            .getStatus()
                            .getPhase())
                    .isEqualTo("Pending");
            delay.undo();
            awaitReady("delayed");
        }
    }

    @Test
    void a_full_volume_refuses_new_files_until_there_is_room() throws Exception {
        claim("full");
        create("full", "full", "securityContext: {runAsUser: 1000}", "full");
        awaitReady("full");

        try (Faults.Fault full = cluster.faults().fillVolume("default", "full")) {
            assertThat(exec("full", "echo x > /data/new || echo refused")).isEqualTo("0 refused\n");
            full.undo();
            assertThat(exec("full", "echo x > /data/new && cat /data/new")).isEqualTo("0 x\n");
        }
    }

    private static void create(String name, String app, String spec, String claim) {
        String yaml = """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, labels: {app: %s}}
            spec:
              terminationGracePeriodSeconds: 5
              %s
              containers:
              - name: c
                image: busybox
                command: [sh, -c, "%s"]
            %s
            """.formatted(
                        name,
                        app,
                        spec,
                        LOOP,
                        claim.isEmpty() ? "" : """
                                volumeMounts: [{name: data, mountPath: /data}]
                              volumes: [{name: data, persistentVolumeClaim: {claimName: %s}}]
                            """.formatted(claim).indent(0).stripTrailing());
        awaitGone(name);
        client.pods()
                .inNamespace("default")
                .resource(Serialization.unmarshal(yaml, Pod.class))
                .create();
    }

    private static void claim(String name) {
        String yaml = """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: %s}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}
            """.formatted(name);
        client.persistentVolumeClaims()
                .inNamespace("default")
                .resource(Serialization.unmarshal(yaml, PersistentVolumeClaim.class))
                .create();
    }

    private static void cordon(String name, boolean cordoned) {
        patchNode(name, "{\"spec\":{\"unschedulable\":" + (cordoned ? "true" : "null") + "}}");
    }

    /** Without a revision, unlike {@code edit}: the node's own status changes at any time. */
    private static void patchNode(String name, String patch) {
        client.nodes().withName(name).patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
    }

    private static Pod pod(String name) {
        return client.pods().inNamespace("default").withName(name).get();
    }

    private static String nodeOf(String name) {
        return Optional.ofNullable(pod(name).getSpec().getNodeName()).orElse("");
    }

    private static boolean ready(String name) {
        return condition(name, "Ready")
                .filter(ready -> ready.getStatus().equals("True"))
                .isPresent();
    }

    private static Optional<PodCondition> condition(String name, String type) {
        return pod(name).getStatus().getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    private static void awaitReady(String name) {
        eventually().until(() -> ready(name));
    }

    private static void awaitGone(String name) {
        eventually().until(() -> pod(name) == null);
    }

    private static void awaitMessage(String name, String start) {
        eventually()
                .untilAsserted(() -> assertThat(condition(name, "PodScheduled").map(PodCondition::getMessage))
                        .hasValueSatisfying(message -> assertThat(message).startsWith(start)));
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(90));
    }

    /** The exit code and the output of a script in a pod. */
    private static String exec(String name, String script) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExecWatch exec = client.pods()
                .inNamespace("default")
                .withName(name)
                .writingOutput(out)
                .exec("sh", "-c", script)) {
            int code = exec.exitCode().get(60, TimeUnit.SECONDS);
            return code + " " + out.toString(StandardCharsets.UTF_8);
        }
    }
}
