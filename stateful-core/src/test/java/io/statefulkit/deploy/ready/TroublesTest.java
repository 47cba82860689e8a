package io.statefulkit.deploy.ready;

import static io.statefulkit.deploy.ready.Scene.pod;
import static io.statefulkit.deploy.ready.Scene.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.statefulkit.deploy.Trouble;
import io.statefulkit.deploy.watch.WorkloadState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TroublesTest {

    @Test
    void a_ready_pod_is_in_no_trouble() {
        assertThat(Troubles.in(Scene.state(set().build(), Scene.pods()))).isEmpty();
    }

    @Test
    void an_image_that_cannot_be_had_is_named_with_what_the_cluster_says() {
        assertThat(troubles(waiting("ErrImagePull", "no such image")))
                .extracting(Trouble::toString, Trouble::advice)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "pod orders-0, container postgres: ErrImagePull (no such image)",
                        "the image postgres:99 cannot be had: check its name and tag, or the access to its registry"));
    }

    @Test
    void the_two_states_between_which_a_missing_image_alternates_are_the_same_trouble() {
        assertThat(troubles(waiting("ErrImagePull", "a")).get(0).key())
                .isEqualTo(troubles(waiting("ImagePullBackOff", "b")).get(0).key());
    }

    @Test
    void a_crash_loop_names_the_exit_code_also_between_two_waits() {
        Pod waits = crashing(waiting("CrashLoopBackOff", "back-off 10s"), 1);
        Pod runs = crashing(running(), 3);

        assertThat(troubles(waits).get(0).toString())
                .isEqualTo("pod orders-0, container postgres: CrashLoopBackOff"
                        + " (it ended 1 times, last with exit code 1, reason Error)");
        assertThat(troubles(runs).get(0).key()).isEqualTo(troubles(waits).get(0).key());
    }

    @Test
    void a_container_that_needs_more_memory_than_it_may_have_leads_to_its_rule() {
        Pod killed = new PodBuilder(crashing(running(), 3))
                .editStatus()
                .editFirstContainerStatus()
                .editLastState()
                .editTerminated()
                .withExitCode(137)
                .withReason("OOMKilled")
                .endTerminated()
                .endLastState()
                .endContainerStatus()
                .endStatus()
                .build();

        assertThat(troubles(killed)).singleElement().satisfies(trouble -> {
            assertThat(trouble.detail()).contains("exit code 137", "OOMKilled");
            assertThat(trouble.advice()).contains("raise the limit", "LC07");
        });
    }

    @Test
    void a_pod_that_a_lost_node_does_not_end_is_told_but_never_to_be_forced() {
        Pod leaving = pod(0, Scene.NEW)
                .editMetadata()
                .withDeletionTimestamp("2026-11-30T10:00:00Z")
                .endMetadata()
                .build();
        WorkloadState state = Scene.state(set().build(), List.of(leaving));

        assertThat(Troubles.overdue(state, Instant.parse("2026-11-30T10:00:59Z")))
                .isEmpty();
        assertThat(Troubles.overdue(state, Instant.parse("2026-11-30T10:01:01Z")))
                .singleElement()
                .satisfies(trouble -> {
                    assertThat(trouble)
                            .hasToString("pod orders-0: Terminating (it should have ended at 2026-11-30T10:00:00Z)");
                    assertThat(trouble.advice())
                            .contains("node.kubernetes.io/out-of-service=nodeshutdown:NoExecute", "do not force");
                });
        assertThat(Troubles.in(state)).as("reasons to give up").isEmpty();
    }

    @Test
    void one_restart_is_no_trouble_yet() {
        assertThat(troubles(crashing(running(), 1))).isEmpty();
    }

    @Test
    void a_container_that_ran_for_long_before_it_ended_does_not_keep_ending() {
        assertThat(troubles(ended("2026-11-30T09:50:00Z", "2026-11-30T10:00:00Z")))
                .isEmpty();
        assertThat(troubles(ended("2026-11-30T09:50:01Z", "2026-11-30T10:00:00Z")))
                .hasSize(1);
    }

    @Test
    void a_container_that_was_ready_since_its_last_end_does_not_keep_ending() {
        assertThat(troubles(unreadySince("2026-11-30T10:30:00Z"))).isEmpty();
        assertThat(troubles(unreadySince("2026-11-30T10:00:00Z"))).hasSize(1);
    }

    private static Pod ended(String started, String finished) {
        return new PodBuilder(crashing(running(), 3))
                .editStatus()
                .editFirstContainerStatus()
                .editLastState()
                .editTerminated()
                .withStartedAt(started)
                .withFinishedAt(finished)
                .endTerminated()
                .endLastState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static Pod unreadySince(String when) {
        return new PodBuilder(crashing(running(), 3))
                .editStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("False")
                .withLastTransitionTime(when)
                .endCondition()
                .editFirstContainerStatus()
                .editState()
                .editRunning()
                .withStartedAt("2026-11-30T10:00:02Z")
                .endRunning()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    @Test
    void a_pod_that_fits_no_node_shows_what_the_scheduler_says() {
        assertThat(troubles(unschedulable("0/1 nodes are available")))
                .extracting(Trouble::toString)
                .containsExactly("pod orders-0: Unschedulable (0/1 nodes are available)");
    }

    @Test
    void a_pod_whose_volume_is_still_being_made_is_told_and_not_given_up() {
        String message = "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.";
        WorkloadState state = Scene.state(set().build(), List.of(unschedulable(message)));

        assertThat(Troubles.in(state)).as("reasons to give up").isEmpty();
        assertThat(Troubles.unbound(state)).extracting(Trouble::detail).containsExactly(message);
    }

    private static Pod unschedulable(String message) {
        return unready()
                .editStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage(message)
                .endCondition()
                .endStatus()
                .build();
    }

    private static List<Trouble> troubles(Pod pod) {
        return Troubles.in(Scene.state(set().build(), List.of(pod)));
    }

    private static PodBuilder unready() {
        return pod(0, Scene.NEW)
                .editStatus()
                .withPhase("Pending")
                .withConditions()
                .endStatus();
    }

    private static Pod waiting(String reason, String message) {
        return unready()
                .editStatus()
                .addNewContainerStatus()
                .withName("postgres")
                .withImage("postgres:99")
                .withReady(false)
                .withNewState()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static Pod running() {
        return unready()
                .editStatus()
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
    }

    private static Pod crashing(Pod pod, int restarts) {
        return new PodBuilder(pod)
                .editStatus()
                .editFirstContainerStatus()
                .withRestartCount(restarts)
                .withNewLastState()
                .withNewTerminated()
                .withExitCode(1)
                .withReason("Error")
                .endTerminated()
                .endLastState()
                .endContainerStatus()
                .endStatus()
                .build();
    }
}
