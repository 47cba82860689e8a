package io.statefulkit.deploy.ready;

import static io.statefulkit.deploy.ready.Scene.NEW;
import static io.statefulkit.deploy.ready.Scene.OLD;
import static io.statefulkit.deploy.ready.Scene.pod;
import static io.statefulkit.deploy.ready.Scene.pods;
import static io.statefulkit.deploy.ready.Scene.set;
import static io.statefulkit.deploy.ready.Scene.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetOrdinals;
import io.statefulkit.deploy.watch.Workload;
import io.statefulkit.deploy.watch.WorkloadState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    @Test
    void a_set_with_all_pods_ready_and_new_is_ready() {
        assertThat(Readiness.missing(state(set().build(), pods()), 4)).isEmpty();
    }

    @Test
    void nothing_is_ready_that_does_not_exist() {
        assertThat(Readiness.missing(new WorkloadState(Optional.empty(), pods(), List.of()), 0))
                .contains("it does not exist");
    }

    @Test
    void the_view_before_our_own_write_does_not_count() {
        assertThat(Readiness.missing(state(set().build(), pods()), 5))
                .hasValueSatisfying(missing -> assertThat(missing).contains("generation 5"));
    }

    @Test
    void a_status_of_an_older_generation_does_not_count() {
        var set = set().editStatus().withObservedGeneration(3L).endStatus().build();

        assertThat(Readiness.missing(state(set, pods()), 4))
                .contains("the controller has not seen generation 4 yet, only 3");
    }

    @Test
    void right_after_a_deletion_the_counts_still_look_ready_but_the_pod_is_terminating() {
        List<Pod> pods = new ArrayList<>(pods());
        pods.set(
                0,
                pod(0, NEW)
                        .editMetadata()
                        .withDeletionTimestamp("2026-01-01T00:00:00Z")
                        .endMetadata()
                        .build());

        assertThat(Readiness.missing(state(set().build(), pods), 4)).contains("pod orders-0 is still terminating");
    }

    @Test
    void after_a_forced_deletion_the_pod_is_missing_while_the_counts_still_look_ready() {
        assertThat(Readiness.missing(state(set().build(), pods().subList(1, 3)), 4))
                .contains("2 of 3 pods exist");
    }

    @Test
    void a_pod_of_the_old_revision_is_not_enough() {
        List<Pod> pods =
                List.of(pod(0, OLD).build(), pod(1, NEW).build(), pod(2, NEW).build());

        assertThat(Readiness.missing(state(set().build(), pods), 4))
                .contains("pod orders-0 still has revision orders-1111 instead of orders-2222");
    }

    @Test
    void pods_below_the_partition_keep_their_revision() {
        List<Pod> pods =
                List.of(pod(0, OLD).build(), pod(1, OLD).build(), pod(2, NEW).build());
        var set = keepingTwo().build();

        assertThat(Readiness.missing(state(set, pods), 4)).isEmpty();
    }

    @Test
    void a_partition_counts_from_the_first_ordinal() {
        List<Pod> pods =
                List.of(pod(5, OLD).build(), pod(6, OLD).build(), pod(7, NEW).build());
        var set = keepingTwo()
                .editSpec()
                .withOrdinals(new StatefulSetOrdinals(5))
                .endSpec()
                .build();

        assertThat(Readiness.missing(state(set, pods), 4)).isEmpty();
        List<Pod> late =
                List.of(pod(5, OLD).build(), pod(6, OLD).build(), pod(7, OLD).build());
        assertThat(Readiness.missing(state(set, late), 4))
                .contains("pod orders-7 still has revision orders-1111 instead of orders-2222");
    }

    @Test
    void pods_that_are_updated_by_hand_keep_their_revision() {
        List<Pod> pods =
                List.of(pod(0, OLD).build(), pod(1, OLD).build(), pod(2, OLD).build());
        var set = set().editSpec()
                .withNewUpdateStrategy()
                .withType("OnDelete")
                .endUpdateStrategy()
                .endSpec()
                .editStatus()
                .withCurrentRevision(OLD)
                .withUpdatedReplicas(0)
                .endStatus()
                .build();

        assertThat(Readiness.missing(state(set, pods), 4)).isEmpty();
    }

    @Test
    void a_pod_that_is_not_ready_is_named_with_its_state() {
        Pod starting = pod(1, NEW)
                .editStatus()
                .withConditions()
                .addNewContainerStatus()
                .withName("postgres")
                .withReady(false)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();

        assertThat(Readiness.missing(state(set().build(), List.of(pods().get(0), starting, pods().get(2))), 4))
                .contains("2 of 3 pods are ready: orders-1 is Running (postgres running, not ready)");
    }

    @Test
    void pods_have_to_be_available_when_a_minimum_is_declared() {
        var set = set().editSpec()
                .withMinReadySeconds(5)
                .endSpec()
                .editStatus()
                .withAvailableReplicas(2)
                .endStatus()
                .build();

        assertThat(Readiness.missing(state(set, pods()), 4)).contains("pods have to be ready for 5 s");
    }

    @Test
    void zero_replicas_are_ready_when_the_last_pod_is_gone() {
        var set = set().editSpec()
                .withReplicas(0)
                .endSpec()
                .editStatus()
                .withReplicas(0)
                .withReadyReplicas(0)
                .withUpdatedReplicas(0)
                .withAvailableReplicas(0)
                .endStatus()
                .build();

        assertThat(Readiness.missing(state(set, List.of()), 4)).isEmpty();
        assertThat(Readiness.missing(state(set, pods().subList(0, 1)), 4)).contains("1 of 0 pods exist");
    }

    @Test
    void a_deployment_is_not_ready_while_an_older_pod_terminates() {
        Pod old = pod(0, "")
                .editMetadata()
                .withName("web-a")
                .withDeletionTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .build();
        Pod fresh = pod(1, "").editMetadata().withName("web-b").endMetadata().build();
        Workload workload = Workload.of(deployment());

        assertThat(Readiness.missing(new WorkloadState(Optional.of(workload), List.of(old, fresh), List.of()), 2))
                .contains("pod web-a is still terminating");
        assertThat(Readiness.missing(new WorkloadState(Optional.of(workload), List.of(fresh), List.of()), 2))
                .isEmpty();
    }

    @Test
    void a_pod_of_a_deployment_that_was_evicted_and_stays_does_not_count() {
        Pod evicted = pod(0, "")
                .editMetadata()
                .withName("web-a")
                .endMetadata()
                .editStatus()
                .withPhase("Failed")
                .withReason("Evicted")
                .withConditions()
                .endStatus()
                .build();
        Pod fresh = pod(1, "").editMetadata().withName("web-b").endMetadata().build();
        Workload workload = Workload.of(deployment());

        assertThat(Readiness.missing(new WorkloadState(Optional.of(workload), List.of(evicted, fresh), List.of()), 2))
                .isEmpty();
        assertThat(Readiness.missing(new WorkloadState(Optional.of(workload), List.of(evicted), List.of()), 2))
                .contains("0 of 1 pods exist");
    }

    /** Of three pods, the first two keep their revision. */
    private static StatefulSetBuilder keepingTwo() {
        return set().editSpec()
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withPartition(2)
                .endRollingUpdate()
                .endUpdateStrategy()
                .endSpec()
                .editStatus()
                .withCurrentRevision(OLD)
                .withUpdatedReplicas(1)
                .endStatus();
    }

    private static Deployment deployment() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .withUid("d")
                .withGeneration(2L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(2L)
                .withReplicas(1)
                .withUpdatedReplicas(1)
                .withReadyReplicas(1)
                .withAvailableReplicas(1)
                .endStatus()
                .build();
    }
}
