package io.statefulkit.embedded.control;

import static io.statefulkit.embedded.api.ResourceCatalog.CONTROLLER_REVISIONS;
import static io.statefulkit.embedded.api.ResourceCatalog.PERSISTENT_VOLUME_CLAIMS;
import static io.statefulkit.embedded.api.ResourceCatalog.PODS;
import static io.statefulkit.embedded.api.ResourceCatalog.STATEFUL_SETS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.control.FakeNode.Fate;
import io.statefulkit.embedded.control.loop.Resource;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the fields of a stateful set's spec do. */
class StatefulSetRulesTest {

    private static final String RESTART = "{spec: {template: {metadata: {annotations: {restartedAt: now}}}}}";

    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    private void create(int replicas, String more) {
        cluster.create(StatefulSetScenariosTest.set(replicas, more));
    }

    private JsonNode status() {
        return cluster.get(STATEFUL_SETS, "db").status();
    }

    private void untilObserved() {
        cluster.until("observed", () -> {
            Resource set = cluster.get(STATEFUL_SETS, "db");
            return set.status().path("observedGeneration").asLong() == set.generation();
        });
    }

    private String revision(String pod) {
        return cluster.find(PODS, pod)
                .map(found -> found.label("controller-revision-hash"))
                .orElse("");
    }

    @Test
    void parallel_creates_all_pods_without_waiting() {
        cluster.node.decide(pod -> Fate.STAYS_PENDING);
        create(3, "podManagementPolicy: Parallel");

        cluster.until("all there", () -> cluster.pods().size() == 3);
        cluster.node.decide(pod -> Fate.RUNS_AND_IS_READY);
        cluster.untilReady("db", 3);

        cluster.node.holdTerminations();
        cluster.patch(STATEFUL_SETS, "db", "{spec: {replicas: 0}}");
        cluster.until("all end", () -> cluster.list(PODS).stream().allMatch(Resource::deleting));
        assertThat(cluster.pods()).hasSize(3);
    }

    @Test
    void parallel_still_rolls_out_one_pod_at_a_time() {
        create(3, "podManagementPolicy: Parallel");
        cluster.untilReady("db", 3);
        cluster.node.holdTerminations();

        cluster.patch(STATEFUL_SETS, "db", RESTART);
        cluster.until("db-2 ends", () -> cluster.get(PODS, "db-2").deleting());
        untilObserved();

        assertThat(cluster.list(PODS)).filteredOn(Resource::deleting).hasSize(1);
        cluster.node.terminate();
        cluster.until("rolled out", () -> status().path("updatedReplicas").asInt() == 3);
    }

    @Test
    void a_partition_keeps_lower_ordinals_on_the_old_revision_even_when_they_are_replaced() {
        create(3, "updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 2}}");
        cluster.untilReady("db", 3);
        String old = revision("db-0");

        cluster.patch(STATEFUL_SETS, "db", RESTART);
        cluster.until(
                "db-2 updated",
                () -> !revision("db-2").equals(old) && !revision("db-2").isEmpty());
        cluster.untilReady("db", 3);
        cluster.delete(PODS, "db-0");
        cluster.until(
                "db-0 is back",
                () -> cluster.find(PODS, "db-0")
                        .filter(pod -> !pod.deleting() && pod.is("Ready"))
                        .isPresent());

        assertThat(revision("db-0")).isEqualTo(old);
        assertThat(revision("db-1")).isEqualTo(old);
        cluster.patch(STATEFUL_SETS, "db", "{spec: {updateStrategy: {rollingUpdate: {partition: 0}}}}");
        cluster.until(
                "all updated",
                () -> status().path("updatedReplicas").asInt() == 3
                        && status().path("currentRevision")
                                .asText()
                                .equals(status().path("updateRevision").asText()));
    }

    @Test
    void on_delete_updates_a_pod_only_when_somebody_deletes_it() {
        create(2, "updateStrategy: {type: OnDelete}");
        cluster.untilReady("db", 2);
        String old = revision("db-0");
        cluster.patch(STATEFUL_SETS, "db", RESTART);
        untilObserved();
        assertThat(revision("db-1")).isEqualTo(old);

        cluster.delete(PODS, "db-1");
        cluster.until(
                "updated",
                () -> !revision("db-1").equals(old) && !revision("db-1").isEmpty());
        cluster.untilReady("db", 2);

        assertThat(revision("db-0")).isEqualTo(old);
        assertThat(status().path("currentRevision").asText()).isEqualTo(old);
    }

    @Test
    void min_ready_seconds_delay_the_next_pod() {
        create(2, "minReadySeconds: 30");
        cluster.until("db-0 ready", () -> status().path("readyReplicas").asInt() == 1);
        assertThat(status().path("availableReplicas").asInt()).isZero();
        assertThat(cluster.pods()).containsExactly("db-0");

        cluster.untilAfter(Duration.ofSeconds(31), "db-1", () -> cluster.pods().size() == 2);
        cluster.until("db-1 ready", () -> status().path("readyReplicas").asInt() == 2);
        cluster.untilAfter(
                Duration.ofSeconds(31),
                "available",
                () -> status().path("availableReplicas").asInt() == 2);
    }

    @Test
    void claims_go_with_a_scaled_down_pod_when_the_policy_says_so() {
        create(2, "persistentVolumeClaimRetentionPolicy: {whenScaled: Delete, whenDeleted: Retain}");
        cluster.untilReady("db", 2);

        cluster.patch(STATEFUL_SETS, "db", "{spec: {replicas: 1}}");
        cluster.until(
                "claim gone", () -> cluster.names(PERSISTENT_VOLUME_CLAIMS).equals(java.util.List.of("data-db-0")));

        cluster.patch(STATEFUL_SETS, "db", "{spec: {replicas: 2}}");
        cluster.untilReady("db", 2);
        cluster.delete(STATEFUL_SETS, "db");
        cluster.until("pods gone", () -> cluster.pods().isEmpty());
        assertThat(cluster.names(PERSISTENT_VOLUME_CLAIMS)).hasSize(2);
    }

    @Test
    void claims_go_with_the_set_when_the_policy_says_so() {
        create(2, "persistentVolumeClaimRetentionPolicy: {whenScaled: Retain, whenDeleted: Delete}");
        cluster.untilReady("db", 2);
        cluster.patch(STATEFUL_SETS, "db", "{spec: {replicas: 1}}");
        cluster.untilReady("db", 1);
        assertThat(cluster.names(PERSISTENT_VOLUME_CLAIMS)).hasSize(2);

        cluster.delete(STATEFUL_SETS, "db");

        cluster.until(
                "claims gone", () -> cluster.names(PERSISTENT_VOLUME_CLAIMS).isEmpty());
    }

    @Test
    void claims_belong_to_the_set_at_once_and_a_later_change_of_the_policy_is_an_update_of_their_pods() {
        cluster.node.decide(pod -> Fate.STAYS_PENDING);
        create(1, "persistentVolumeClaimRetentionPolicy: {whenScaled: Retain, whenDeleted: Delete}");
        cluster.until(
                "owned",
                () -> cluster.find(PERSISTENT_VOLUME_CLAIMS, "data-db-0")
                        .filter(claim -> claim.owners().size() == 1)
                        .isPresent());
        cluster.node.decide(pod -> Fate.RUNS_AND_IS_READY);
        cluster.untilReady("db", 1);
        assertThat(cluster.events("StatefulSet", "db")).noneMatch(event -> event.startsWith("SuccessfulUpdate"));

        cluster.patch(STATEFUL_SETS, "db", "{spec: {persistentVolumeClaimRetentionPolicy: {whenDeleted: Retain}}}");

        cluster.untilEvent("StatefulSet", "db", "SuccessfulUpdate: Update Pod db-0 in StatefulSet db successful");
        assertThat(cluster.get(PERSISTENT_VOLUME_CLAIMS, "data-db-0").owners()).isEmpty();
    }

    @Test
    void ordinals_start_where_the_spec_says() {
        create(2, "ordinals: {start: 5}");
        cluster.untilReady("db", 2);
        assertThat(cluster.pods()).containsExactly("db-5", "db-6");

        cluster.patch(STATEFUL_SETS, "db", "{spec: {ordinals: {start: 6}}}");

        cluster.until("moved", () -> cluster.pods().equals(java.util.List.of("db-6", "db-7")));
    }

    @Test
    void a_pod_that_failed_or_succeeded_is_replaced() {
        create(1, "");
        cluster.untilReady("db", 1);
        String uid = cluster.get(PODS, "db-0").uid();

        cluster.node.decide(pod -> pod.uid().equals(uid) ? Fate.FAILS : Fate.RUNS_AND_IS_READY);

        cluster.until(
                "replaced",
                () -> cluster.find(PODS, "db-0")
                        .filter(pod -> !pod.uid().equals(uid) && pod.is("Ready"))
                        .isPresent());
    }

    @Test
    void a_pod_whose_labels_no_longer_match_is_released_and_blocks_its_name() {
        create(1, "");
        cluster.untilReady("db", 1);

        cluster.patch(PODS, "db-0", "{metadata: {labels: {app: other}}}");

        cluster.until("released", () -> cluster.get(PODS, "db-0").owners().isEmpty());
        cluster.untilEvent("StatefulSet", "db", "SuccessfulCreate");
        cluster.delete(PODS, "db-0");
        cluster.until(
                "one of the set has the name again",
                () -> cluster.find(PODS, "db-0")
                        .filter(pod -> pod.label("app").equals("db"))
                        .isPresent());
        cluster.untilReady("db", 1);
    }

    @Test
    void old_revisions_are_forgotten_beyond_the_limit() {
        create(1, "revisionHistoryLimit: 1");
        cluster.untilReady("db", 1);
        for (int i = 0; i < 4; i++) {
            cluster.patch(
                    STATEFUL_SETS, "db", "{spec: {template: {metadata: {annotations: {restartedAt: 'n" + i + "'}}}}}");
            untilObserved();
            cluster.until(
                    "rolled out",
                    () -> status().path("updatedReplicas").asInt() == 1
                            && status().path("readyReplicas").asInt() == 1
                            && status().path("currentRevision")
                                    .asText()
                                    .equals(status().path("updateRevision").asText()));
        }

        cluster.until("two left", () -> cluster.list(CONTROLLER_REVISIONS).size() == 2);
    }
}
