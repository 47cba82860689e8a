package io.statefulkit.survival.disruption;

import static io.statefulkit.survival.testing.Scenes.changed;
import static io.statefulkit.survival.testing.Scenes.deleted;
import static io.statefulkit.survival.testing.Scenes.ended;
import static io.statefulkit.survival.testing.Scenes.inRevision;
import static io.statefulkit.survival.testing.Scenes.observation;
import static io.statefulkit.survival.testing.Scenes.pod;
import static io.statefulkit.survival.testing.Scenes.restarted;
import static io.statefulkit.survival.testing.Scenes.withClaim;
import static io.statefulkit.survival.testing.Scenes.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.survival.disruption.observation.ClaimState;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Proof;
import io.statefulkit.survival.disruption.observation.Proof.Death;
import io.statefulkit.survival.disruption.observation.Proof.Reach;
import io.statefulkit.survival.disruption.observation.Proofs;
import io.statefulkit.survival.disruption.observation.Snapshot;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Each of the traps in which a test would pass although nothing happened has a case here. */
class DisruptionsTest {

    private final PodState old = pod(0, "a");
    private final Snapshot before = workload("rev-1", old);
    private final Snapshot replaced = workload("rev-1", pod(0, "b"));

    private static List<String> unmet(Disruption disruption, Observation seen) {
        return disruption.evidence(seen).stream()
                .filter(evidence -> !evidence.met())
                .map(Evidence::what)
                .toList();
    }

    @Test
    void a_deleted_pod_is_one_with_another_uid_whose_server_ended() {
        Observation seen = observation(before, replaced, changed(ended(old, 0)), deleted(ended(old, 0)));

        assertThat(unmet(Disruptions.deletePod(), seen)).isEmpty();
        assertThat(Proofs.of(seen)).containsExactly(new Proof(Death.GRACEFUL, Reach.POD));
    }

    @Test
    void a_pod_that_was_never_replaced_is_no_deleted_pod() {
        assertThat(unmet(Disruptions.deletePod(), observation(before, before)))
                .containsExactly("uid of pod orders-0", "exit code of its old server");
        assertThat(Proofs.of(observation(before, before))).isEmpty();
    }

    @Test
    void a_pod_that_is_gone_and_has_no_successor_yet_is_not_replaced() {
        assertThat(unmet(Disruptions.deletePod(), observation(before, workload("rev-1"), deleted(ended(old, 0)))))
                .containsExactly("uid of pod orders-0");
    }

    @Test
    void a_grace_period_that_ran_out_is_a_kill() {
        Observation seen = observation(before, replaced, changed(ended(old, 137)), deleted(ended(old, 137)));

        assertThat(Proofs.of(seen)).containsExactly(new Proof(Death.KILLED, Reach.POD));
    }

    @Test
    void the_end_of_a_pod_that_was_deleted_at_once_need_not_be_seen() {
        assertThat(unmet(Disruptions.forceDeletePod(), observation(before, replaced, deleted(old))))
                .isEmpty();
        assertThat(unmet(Disruptions.deletePod(), observation(before, replaced, deleted(old))))
                .containsExactly("exit code of its old server");
    }

    @Test
    void a_crash_is_a_new_container_in_the_same_pod_after_a_kill() {
        Observation seen = observation(before, workload("rev-1", restarted(old, 137)));

        assertThat(unmet(Disruptions.crashProcess(), seen)).isEmpty();
        assertThat(Proofs.of(seen)).containsExactly(new Proof(Death.KILLED, Reach.CONTAINER));
    }

    @Test
    void a_server_that_stopped_by_itself_did_not_crash() {
        Observation seen = observation(before, workload("rev-1", restarted(old, 0)));

        assertThat(unmet(Disruptions.crashProcess(), seen)).containsExactly("exit code of its old server");
        assertThat(Proofs.of(seen)).containsExactly(new Proof(Death.GRACEFUL, Reach.CONTAINER));
    }

    @Test
    void a_kill_that_did_nothing_is_no_crash() {
        assertThat(unmet(Disruptions.crashProcess(), observation(before, before)))
                .containsExactly("restarts of its container", "its container", "exit code of its old server");
    }

    @Test
    void a_pod_that_was_replaced_did_not_crash() {
        assertThat(unmet(Disruptions.crashProcess(), observation(before, replaced, deleted(ended(old, 137)))))
                .contains("uid of pod orders-0", "restarts of its container");
    }

    @Test
    void a_restart_before_the_disruption_does_not_count() {
        Snapshot restartedBefore = workload("rev-1", restarted(old, 137));

        assertThat(unmet(Disruptions.crashProcess(), observation(restartedBefore, restartedBefore)))
                .containsExactly("restarts of its container", "its container", "exit code of its old server");
    }

    @Test
    void a_roll_out_has_a_new_revision_in_every_pod() {
        Snapshot two = workload("rev-1", old, pod(1, "a1"));
        Snapshot done = workload("rev-2", inRevision("rev-2", pod(0, "b")), inRevision("rev-2", pod(1, "b1")));
        Snapshot half = workload("rev-2", old, inRevision("rev-2", pod(1, "b1")));

        assertThat(unmet(Disruptions.rolloutRestart(), observation(two, done))).isEmpty();
        assertThat(unmet(Disruptions.rolloutRestart(), observation(two, half)))
                .containsExactly("uid of pod orders-0", "revision of pod orders-0");
        assertThat(unmet(Disruptions.rolloutRestart(), observation(two, two)))
                .contains("revision", "uid of pod orders-0", "uid of pod orders-1");
    }

    @Test
    void scaling_down_and_up_replaces_the_pods_that_had_to_go() {
        assertThat(unmet(Disruptions.scale(1, 0, 1), observation(before, replaced, deleted(ended(old, 0)))))
                .isEmpty();
        assertThat(unmet(Disruptions.scale(1, 0, 1), observation(before, before)))
                .containsExactly("uid of pod orders-0");
    }

    @Test
    void scaling_to_what_is_there_is_nothing() {
        assertThat(unmet(Disruptions.scale(1), observation(before, before))).containsExactly("pods");
    }

    @Test
    void scaling_up_needs_more_pods() {
        assertThat(unmet(Disruptions.scale(2), observation(before, workload("rev-1", old, pod(1, "n")))))
                .isEmpty();
        assertThat(unmet(Disruptions.scale(2), observation(before, before))).containsExactly("pods");
    }

    @Test
    void another_claim_or_volume_is_found_by_every_disruption() {
        for (ClaimState other : List.of(
                new ClaimState("claim-1", "pv-0", "pv-uid-0"),
                new ClaimState("claim-0", "pv-1", "pv-uid-1"),
                new ClaimState("claim-0", "pv-0", "pv-uid-1"))) {
            Observation seen = observation(before, withClaim(replaced, other), deleted(ended(old, 0)));
            for (Disruption disruption : Disruptions.everyday()) {
                assertThat(unmet(disruption, seen)).as(disruption.name()).contains("claim data-orders-0");
            }
        }
    }

    @Test
    void numbers_of_pods_are_checked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Disruptions.scale(1, -1))
                .withMessage("scale needs numbers of pods from 0 up, got [1, -1]");
        assertThatIllegalArgumentException().isThrownBy(Disruptions::scale);
    }

    @Test
    void a_workload_is_settled_only_without_pods_on_their_way_out() {
        assertThat(before.isSettled()).isTrue();
        assertThat(workload("rev-1", ended(old, 0)).isSettled()).isFalse();
        assertThat(workload("rev-1", ended(old, 0)).describe()).isEqualTo("1 replicas wanted, orders-0 terminating");
    }

    @Test
    void an_eviction_is_shown_by_what_a_deletion_is() {
        Observation seen = observation(before, replaced, changed(ended(old, 0)), deleted(ended(old, 0)));

        assertThat(unmet(Disruptions.evictPod(), seen)).isEmpty();
        assertThat(unmet(Disruptions.evictPod(), observation(before, before)))
                .containsExactly("uid of pod orders-0", "exit code of its old server");
        assertThat(Disruptions.evictPod(2).name()).isEqualTo("evictPod(2)");
    }

    @Test
    void a_workload_is_recreated_when_it_and_all_its_pods_are_others() {
        Snapshot another = asSet("another", replaced);

        assertThat(unmet(Disruptions.recreateWorkload(), observation(before, another)))
                .isEmpty();
        assertThat(unmet(Disruptions.recreateWorkload(), observation(before, replaced)))
                .containsExactly("uid of the StatefulSet");
        assertThat(unmet(Disruptions.recreateWorkload(), observation(before, asSet("another", before))))
                .containsExactly("uid of pod orders-0");
    }

    @Test
    void adopted_pods_are_the_same_and_prove_nothing() {
        Observation adopted = observation(before, asSet("another", before));

        assertThat(unmet(Disruptions.orphanAndAdopt(), adopted)).isEmpty();
        assertThat(Proofs.of(adopted)).isEmpty();
        assertThat(unmet(Disruptions.orphanAndAdopt(), observation(before, asSet("another", replaced))))
                .containsExactly("uid of pod orders-0, owned by the StatefulSet");
        assertThat(unmet(
                        Disruptions.orphanAndAdopt(),
                        observation(before, asSet("another", workload("rev-1", restarted(old, 0))))))
                .containsExactly("restarts of its container");
    }

    @Test
    void a_pod_of_a_deployment_is_replaced_by_one_of_another_name() {
        PodState first = named("orders-6b5-aaaaa", "a");
        Snapshot start = deployment(first);
        Observation seen = observation(
                start, deployment(named("orders-6b5-bbbbb", "b")), changed(ended(first, 0)), deleted(ended(first, 0)));

        assertThat(unmet(Disruptions.deletePod(), seen)).isEmpty();
        assertThat(unmet(Disruptions.scale(0, 1), seen)).isEmpty();
        assertThat(Proofs.of(seen)).containsExactly(new Proof(Death.GRACEFUL, Reach.POD));
        assertThat(unmet(Disruptions.deletePod(), observation(start, deployment(), deleted(ended(first, 0)))))
                .containsExactly("uid of pod orders-6b5-aaaaa");
        assertThat(unmet(Disruptions.deletePod(), observation(start, start))).hasSize(2);
    }

    @Test
    void a_pod_beside_one_that_is_still_there_replaces_none() {
        PodState first = named("orders-6b5-aaaaa", "a");
        Snapshot both = deployment(first, named("orders-6b5-bbbbb", "b"));

        assertThat(observation(deployment(first), both).now(first)).contains(first);
        assertThat(unmet(Disruptions.deletePod(), observation(deployment(first), both)))
                .contains("uid of pod orders-6b5-aaaaa");
    }

    private static PodState named(String name, String uid) {
        return new PodState(name, uid, "containerd://of-" + uid, 0, OptionalInt.empty(), "6b5", true, false);
    }

    private static Snapshot deployment(PodState... pods) {
        Snapshot set = workload("6b5", pods);
        return new Snapshot(
                WorkloadRef.Kind.DEPLOYMENT, "d", set.replicas(), set.revision(), true, set.pods(), set.claims());
    }

    private static Snapshot asSet(String uid, Snapshot snapshot) {
        return new Snapshot(
                uid,
                snapshot.replicas(),
                snapshot.revision(),
                snapshot.isRolledOut(),
                snapshot.pods(),
                snapshot.claims());
    }
}
