package io.statefulkit.embedded.control;

import static io.statefulkit.embedded.api.ResourceCatalog.DEPLOYMENTS;
import static io.statefulkit.embedded.api.ResourceCatalog.PODS;
import static io.statefulkit.embedded.api.ResourceCatalog.REPLICA_SETS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.control.FakeNode.Fate;
import io.statefulkit.embedded.control.loop.Resource;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeploymentScenariosTest {

    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    private static String deployment(int replicas, String strategy) {
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: %d
              strategy: %s
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - {name: app, image: "busybox:1.37"}
            """.formatted(replicas, strategy);
    }

    private static final String ROLLING = "{type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}";

    private void untilRolledOut(int replicas) {
        cluster.until("rolled out with " + replicas, () -> {
            Resource deployment = cluster.get(DEPLOYMENTS, "web");
            JsonNode status = deployment.status();
            return status.path("observedGeneration").asLong() == deployment.generation()
                    && status.path("updatedReplicas").asInt(0) == replicas
                    && status.path("availableReplicas").asInt(0) == replicas
                    && status.path("replicas").asInt(0) == replicas
                    && (replicas == 0 || progressing().equals("NewReplicaSetAvailable"));
        });
    }

    private String progressing() {
        return cluster.get(DEPLOYMENTS, "web")
                .condition("Progressing")
                .path("reason")
                .asText("");
    }

    private void update(String image) {
        cluster.patch(
                DEPLOYMENTS, "web", "{spec: {template: {spec: {containers: [{name: app, image: '" + image + "'}]}}}}");
    }

    @Test
    void a_new_deployment_gets_a_replica_set_with_its_revision() {
        cluster.create(deployment(2, ROLLING));

        untilRolledOut(2);

        Resource deployment = cluster.get(DEPLOYMENTS, "web");
        Resource set = cluster.list(REPLICA_SETS).get(0);
        assertThat(deployment.annotation("deployment.kubernetes.io/revision")).isEqualTo("1");
        assertThat(set.annotation("deployment.kubernetes.io/revision")).isEqualTo("1");
        assertThat(set.annotation("deployment.kubernetes.io/desired-replicas")).isEqualTo("2");
        assertThat(set.annotation("deployment.kubernetes.io/max-replicas")).isEqualTo("3");
        assertThat(set.name()).isEqualTo("web-" + set.label("pod-template-hash"));
        assertThat(deployment.is("Available")).isTrue();
        cluster.untilEvent(
                "Deployment", "web", "ScalingReplicaSet: Scaled up replica set " + set.name() + " from 0 to 2");
        cluster.until("events", () -> cluster.events("ReplicaSet", set.name()).size() == 2);
    }

    @Test
    void a_rolling_update_never_has_fewer_than_it_should() {
        cluster.create(deployment(3, ROLLING));
        untilRolledOut(3);

        update("busybox:2");
        untilRolledOut(3);

        assertThat(cluster.list(REPLICA_SETS)).hasSize(2);
        // As in Kubernetes, the last two go at once where the old set's status is a moment behind.
        cluster.until(
                "scaled to 0",
                () -> cluster.events("Deployment", "web").stream()
                        .anyMatch(event -> event.matches(".* from [12] to 0")));
        assertThat(cluster.events("Deployment", "web"))
                .anyMatch(event -> event.endsWith("from 0 to 1"))
                .noneMatch(event -> event.endsWith("from 3 to 0"));
        cluster.until("old pods are gone", () -> cluster.pods().size() == 3);
    }

    @Test
    void recreate_starts_nothing_before_the_last_old_pod_has_ended() {
        cluster.create(deployment(1, "{type: Recreate}"));
        untilRolledOut(1);
        String before = cluster.pods().get(0);
        cluster.node.holdTerminations();

        update("busybox:2");

        cluster.until(
                "the old pod is told to stop", () -> cluster.get(PODS, before).deleting());
        cluster.until("noticed", () -> {
            Resource deployment = cluster.get(DEPLOYMENTS, "web");
            return deployment.status().path("observedGeneration").asLong() == deployment.generation()
                    && deployment.status().path("terminatingReplicas").asInt() == 1;
        });
        assertThat(cluster.pods()).containsExactly(before);

        cluster.node.terminate();
        untilRolledOut(1);
        assertThat(cluster.pods()).doesNotContain(before);
    }

    @Test
    void going_back_to_an_old_template_uses_its_replica_set_under_a_new_revision() {
        cluster.create(deployment(1, ROLLING));
        untilRolledOut(1);
        String first = cluster.names(REPLICA_SETS).get(0);
        update("busybox:2");
        untilRolledOut(1);

        update("busybox:1.37");
        untilRolledOut(1);

        Resource set = cluster.get(REPLICA_SETS, first);
        assertThat(set.spec().path("replicas").asInt()).isEqualTo(1);
        assertThat(set.annotation("deployment.kubernetes.io/revision")).isEqualTo("3");
        assertThat(set.annotation("deployment.kubernetes.io/revision-history")).isEqualTo("1");
        assertThat(cluster.get(DEPLOYMENTS, "web").annotation("deployment.kubernetes.io/revision"))
                .isEqualTo("3");
    }

    @Test
    void scaling_moves_the_one_replica_set() {
        cluster.create(deployment(1, ROLLING));
        untilRolledOut(1);

        cluster.patch(DEPLOYMENTS, "web", "{spec: {replicas: 4}}");
        untilRolledOut(4);
        cluster.patch(DEPLOYMENTS, "web", "{spec: {replicas: 0}}");
        untilRolledOut(0);

        assertThat(cluster.list(REPLICA_SETS)).hasSize(1);
        cluster.until("no pods", () -> cluster.pods().isEmpty());
    }

    @Test
    void an_old_replica_set_without_pods_is_not_told_of_another_size() {
        cluster.create(deployment(1, ROLLING));
        untilRolledOut(1);
        String old = cluster.names(REPLICA_SETS).get(0);
        update("busybox:2");
        untilRolledOut(1);

        cluster.patch(DEPLOYMENTS, "web", "{spec: {replicas: 3}}");
        untilRolledOut(3);

        assertThat(cluster.get(REPLICA_SETS, old).annotation("deployment.kubernetes.io/desired-replicas"))
                .isEqualTo("1");
        assertThat(cluster.list(REPLICA_SETS).stream()
                        .map(set -> set.annotation("deployment.kubernetes.io/desired-replicas")))
                .containsExactlyInAnyOrder("1", "3");
    }

    @Test
    void a_paused_deployment_forgets_what_its_history_has_no_room_for() {
        cluster.create(deployment(1, ROLLING));
        untilRolledOut(1);
        update("busybox:2");
        untilRolledOut(1);
        cluster.patch(DEPLOYMENTS, "web", "{spec: {paused: true}}");
        cluster.until("paused", () -> progressing().equals("DeploymentPaused"));
        assertThat(cluster.list(REPLICA_SETS)).hasSize(2);

        cluster.patch(DEPLOYMENTS, "web", "{spec: {revisionHistoryLimit: 0}}");

        cluster.until("one is left", () -> cluster.list(REPLICA_SETS).size() == 1);
        assertThat(cluster.list(REPLICA_SETS).get(0).spec().path("replicas").asInt())
                .isEqualTo(1);
    }

    @Test
    void a_paused_deployment_scales_but_does_not_roll_out() {
        cluster.create(deployment(1, ROLLING));
        untilRolledOut(1);
        cluster.patch(DEPLOYMENTS, "web", "{spec: {paused: true}}");
        cluster.until("paused", () -> progressing().equals("DeploymentPaused"));

        update("busybox:2");
        cluster.patch(DEPLOYMENTS, "web", "{spec: {replicas: 2}}");
        cluster.until(
                "scaled",
                () -> cluster.get(DEPLOYMENTS, "web")
                                .status()
                                .path("availableReplicas")
                                .asInt()
                        == 2);
        assertThat(cluster.list(REPLICA_SETS)).hasSize(1);

        cluster.patch(DEPLOYMENTS, "web", "{spec: {paused: false}}");
        untilRolledOut(2);
        assertThat(cluster.list(REPLICA_SETS)).hasSize(2);
    }

    @Test
    void a_rollout_that_does_not_move_exceeds_its_deadline() {
        cluster.create(deployment(1, ROLLING));
        untilRolledOut(1);
        cluster.node.decide(pod -> Fate.RUNS);
        update("busybox:2");
        cluster.until("both run", () -> cluster.pods().size() == 2);
        cluster.until("updated", () -> progressing().equals("ReplicaSetUpdated"));

        cluster.untilAfter(
                Duration.ofSeconds(602), "timed out", () -> progressing().equals("ProgressDeadlineExceeded"));

        assertThat(cluster.get(DEPLOYMENTS, "web")
                        .condition("Progressing")
                        .path("status")
                        .asText())
                .isEqualTo("False");
    }

    @Test
    void deleting_the_deployment_deletes_everything_below_it() {
        cluster.create(deployment(2, ROLLING));
        untilRolledOut(2);

        cluster.delete(DEPLOYMENTS, "web");

        cluster.until(
                "all gone",
                () -> cluster.pods().isEmpty() && cluster.names(REPLICA_SETS).isEmpty());
    }

    @Test
    void broken_replicas_go_first_and_are_told_of_by_themselves() {
        cluster.create(deployment(4, "{type: RollingUpdate, rollingUpdate: {maxSurge: 0, maxUnavailable: 3}}"));
        untilRolledOut(4);
        String old = cluster.names(REPLICA_SETS).get(0);
        String broken = cluster.pods().get(0);
        cluster.node.decide(pod -> pod.name().equals(broken) ? Fate.RUNS : Fate.RUNS_AND_IS_READY);
        cluster.until(
                "broken",
                () -> cluster.get(REPLICA_SETS, old)
                                .status()
                                .path("availableReplicas")
                                .asInt()
                        == 3);

        update("busybox:1.38");

        cluster.untilEvent("Deployment", "web", "ScalingReplicaSet: Scaled down replica set " + old + " from 4 to 3");
        cluster.untilEvent("Deployment", "web", "ScalingReplicaSet: Scaled down replica set " + old + " from 3 to 1");
        untilRolledOut(4);
    }
}
