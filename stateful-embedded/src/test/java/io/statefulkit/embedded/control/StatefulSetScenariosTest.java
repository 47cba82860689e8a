package io.statefulkit.embedded.control;

import static io.statefulkit.embedded.api.ResourceCatalog.CONTROLLER_REVISIONS;
import static io.statefulkit.embedded.api.ResourceCatalog.PERSISTENT_VOLUMES;
import static io.statefulkit.embedded.api.ResourceCatalog.PERSISTENT_VOLUME_CLAIMS;
import static io.statefulkit.embedded.api.ResourceCatalog.PODS;
import static io.statefulkit.embedded.api.ResourceCatalog.STATEFUL_SETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.control.FakeNode.Fate;
import io.statefulkit.embedded.control.loop.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatefulSetScenariosTest {

    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    static String set(int replicas, String more) {
        return """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec:
                  serviceName: db
                  replicas: %d
                  selector: {matchLabels: {app: db}}
                  template:
                    metadata: {labels: {app: db}}
                    spec:
                      containers:
                      - {name: app, image: "busybox:1.37"}
                  volumeClaimTemplates:
                  - metadata: {name: data}
                    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Mi}}}
                %s
                """.formatted(replicas, more.indent(2));
    }

    @Test
    void pods_come_up_in_order_each_with_a_bound_claim() {
        cluster.create(set(3, ""));

        cluster.untilReady("db", 3);

        assertThat(cluster.pods()).containsExactly("db-0", "db-1", "db-2");
        assertThat(cluster.list(PERSISTENT_VOLUME_CLAIMS))
                .allSatisfy(claim ->
                        assertThat(claim.status().path("phase").asText()).isEqualTo("Bound"));
        assertThat(cluster.list(PERSISTENT_VOLUMES)).hasSize(3);
        Resource first = cluster.get(PODS, "db-0");
        assertThat(first.label("apps.kubernetes.io/pod-index")).isEqualTo("0");
        assertThat(first.spec().path("hostname").asText()).isEqualTo("db-0");
        assertThat(first.spec().path("subdomain").asText()).isEqualTo("db");
        cluster.untilEvent(
                "StatefulSet", "db", "SuccessfulCreate: Create Claim data-db-0 Pod db-0 in StatefulSet db success");
        cluster.untilEvent("StatefulSet", "db", "SuccessfulCreate: Create Pod db-0 in StatefulSet db successful");
    }

    @Test
    void a_pod_waits_for_the_one_before_it() {
        cluster.node.decide(pod -> pod.name().equals("db-1") ? Fate.RUNS : Fate.RUNS_AND_IS_READY);
        cluster.create(set(3, ""));

        cluster.until(
                "db-1 runs",
                () -> cluster.find(PODS, "db-1")
                        .filter(pod -> pod.status().path("phase").asText().equals("Running"))
                        .isPresent());
        assertThat(cluster.pods()).containsExactly("db-0", "db-1");

        cluster.node.decide(pod -> Fate.RUNS_AND_IS_READY);
        cluster.untilReady("db", 3);
    }

    @Test
    void a_deleted_pod_comes_back_with_its_claim_and_another_uid() {
        cluster.create(set(1, ""));
        cluster.untilReady("db", 1);
        String uid = cluster.get(PODS, "db-0").uid();
        String claim = cluster.get(PERSISTENT_VOLUME_CLAIMS, "data-db-0").uid();

        cluster.delete(PODS, "db-0");

        cluster.until(
                "another db-0",
                () -> cluster.find(PODS, "db-0")
                        .filter(pod -> !pod.uid().equals(uid) && pod.is("Ready"))
                        .isPresent());
        assertThat(cluster.get(PERSISTENT_VOLUME_CLAIMS, "data-db-0").uid()).isEqualTo(claim);
    }

    @Test
    void scaling_down_removes_the_highest_pod_first_and_keeps_claims() {
        cluster.create(set(3, ""));
        cluster.untilReady("db", 3);

        cluster.patch(STATEFUL_SETS, "db", "{spec: {replicas: 1}}");

        cluster.untilReady("db", 1);
        assertThat(cluster.pods()).containsExactly("db-0");
        assertThat(cluster.names(PERSISTENT_VOLUME_CLAIMS)).hasSize(3);
    }

    @Test
    void a_rollout_replaces_one_pod_at_a_time_and_ends_on_the_new_revision() {
        cluster.create(set(3, ""));
        cluster.untilReady("db", 3);
        String before = cluster.get(STATEFUL_SETS, "db")
                .status()
                .path("currentRevision")
                .asText();

        cluster.patch(STATEFUL_SETS, "db", "{spec: {template: {metadata: {annotations: {restartedAt: now}}}}}");

        cluster.until("rolled out", () -> {
            var status = cluster.get(STATEFUL_SETS, "db").status();
            return !status.path("currentRevision").asText().equals(before)
                    && status.path("currentReplicas").asInt() == 3
                    && status.path("readyReplicas").asInt() == 3;
        });
        String after =
                cluster.get(STATEFUL_SETS, "db").status().path("updateRevision").asText();
        assertThat(cluster.list(PODS))
                .allSatisfy(
                        pod -> assertThat(pod.label("controller-revision-hash")).isEqualTo(after));
        assertThat(cluster.list(CONTROLLER_REVISIONS)).hasSize(2);
    }

    @Test
    void a_broken_rollout_stays_stuck_until_the_broken_pod_is_deleted() {
        cluster.create(set(2, ""));
        cluster.untilReady("db", 2);
        cluster.node.decide(pod ->
                pod.spec().path("containers").path(0).path("image").asText().equals("broken")
                        ? Fate.STAYS_PENDING
                        : Fate.RUNS_AND_IS_READY);
        cluster.patch(STATEFUL_SETS, "db", "{spec: {template: {spec: {containers: [{name: app, image: broken}]}}}}");
        cluster.until("db-1 is broken", () -> image("db-1").equals("broken"));
        String broken = cluster.get(PODS, "db-1").uid();

        cluster.patch(
                STATEFUL_SETS, "db", "{spec: {template: {spec: {containers: [{name: app, image: 'busybox:1.37'}]}}}}");
        cluster.until("reverted", () -> {
            Resource set = cluster.get(STATEFUL_SETS, "db");
            return set.status().path("observedGeneration").asLong() == set.generation();
        });

        assertThat(cluster.get(PODS, "db-1").uid()).isEqualTo(broken);
        assertThat(cluster.list(CONTROLLER_REVISIONS))
                .extracting(revision -> revision.json().path("revision").asInt())
                .containsExactlyInAnyOrder(2, 3);

        cluster.delete(PODS, "db-1");
        cluster.untilReady("db", 2);
        assertThat(image("db-1")).isEqualTo("busybox:1.37");
    }

    @Test
    void deleting_the_set_deletes_pods_and_revisions_and_keeps_claims() {
        cluster.create(set(2, ""));
        cluster.untilReady("db", 2);

        cluster.delete(STATEFUL_SETS, "db");

        cluster.until(
                "all gone",
                () -> cluster.pods().isEmpty()
                        && cluster.names(CONTROLLER_REVISIONS).isEmpty());
        assertThat(cluster.names(PERSISTENT_VOLUME_CLAIMS)).hasSize(2);
    }

    @Test
    void orphaned_pods_are_adopted_by_the_next_set_of_that_name() {
        cluster.create(set(2, ""));
        cluster.untilReady("db", 2);
        String uid = cluster.get(PODS, "db-0").uid();

        cluster.delete(STATEFUL_SETS, "db", "Orphan");
        cluster.until("set gone", () -> cluster.find(STATEFUL_SETS, "db").isEmpty());
        assertThat(cluster.get(PODS, "db-0").owners()).isEmpty();
        Resource next = cluster.create(set(2, ""));
        cluster.untilReady("db", 2);

        assertThat(cluster.get(PODS, "db-0").uid()).isEqualTo(uid);
        assertThat(cluster.get(PODS, "db-0").controlledBy(next.uid())).isTrue();
        assertThat(cluster.list(CONTROLLER_REVISIONS)).hasSize(1);
    }

    @Test
    void foreground_deletion_keeps_the_set_until_its_pods_are_gone() {
        cluster.create(set(2, ""));
        cluster.untilReady("db", 2);
        cluster.node.holdTerminations();

        cluster.delete(STATEFUL_SETS, "db", "Foreground");
        cluster.until("pods are ending", () -> cluster.list(PODS).stream().allMatch(Resource::deleting));
        assertThat(cluster.find(STATEFUL_SETS, "db")).isPresent();

        cluster.node.terminate();
        cluster.until("set gone", () -> cluster.find(STATEFUL_SETS, "db").isEmpty());
        assertThat(cluster.pods()).isEmpty();
    }

    private String image(String pod) {
        return cluster.find(PODS, pod)
                .map(found ->
                        found.spec().path("containers").path(0).path("image").asText())
                .orElse("");
    }
}
