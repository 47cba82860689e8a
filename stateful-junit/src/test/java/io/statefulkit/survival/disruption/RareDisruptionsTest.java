package io.statefulkit.survival.disruption;

import static io.statefulkit.survival.testing.Scenes.changed;
import static io.statefulkit.survival.testing.Scenes.deleted;
import static io.statefulkit.survival.testing.Scenes.ended;
import static io.statefulkit.survival.testing.Scenes.inRevision;
import static io.statefulkit.survival.testing.Scenes.observation;
import static io.statefulkit.survival.testing.Scenes.pod;
import static io.statefulkit.survival.testing.Scenes.restarted;
import static io.statefulkit.survival.testing.Scenes.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.statefulkit.survival.disruption.observation.Details;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Proof;
import io.statefulkit.survival.disruption.observation.Proof.Death;
import io.statefulkit.survival.disruption.observation.Proof.Reach;
import io.statefulkit.survival.disruption.observation.Proofs;
import io.statefulkit.survival.disruption.observation.Pulse;
import io.statefulkit.survival.disruption.observation.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** For each disruption: what shows it, and what looks like it and is not. */
class RareDisruptionsTest {

    private final PodState old = at("node-a", "15", pod(0, "a"));
    private final Snapshot before = workload("rev-1", old);
    private final Observation nothing = observation(before, before);

    private static PodState at(String node, String image, PodState pod) {
        return with(pod, new Details(node, image, "sha256:" + image, true, false, ""));
    }

    private static PodState with(PodState pod, Details details) {
        return new PodState(
                pod.name(),
                pod.uid(),
                pod.containerId(),
                pod.restarts(),
                pod.exitCode(),
                pod.revision(),
                pod.isReady(),
                pod.isTerminating(),
                details);
    }

    private static Observation felt(Observation seen, Duration quiet, int refused) {
        return new Observation(seen.before(), seen.after(), seen.trail(), new Pulse(quiet, refused));
    }

    private static List<String> unmet(Disruption disruption, Observation seen) {
        return disruption.evidence(seen).stream()
                .filter(evidence -> !evidence.met())
                .map(Evidence::what)
                .toList();
    }

    @Test
    void a_freeze_is_felt_and_restarts_nothing() {
        Disruption freeze = Disruptions.freeze(Duration.ofSeconds(1));

        assertThat(unmet(freeze, felt(nothing, Duration.ofMillis(900), 0))).isEmpty();
        assertThat(unmet(freeze, felt(nothing, Duration.ofMillis(100), 0)))
                .containsExactly("longest time without an acknowledged row");
        assertThat(unmet(
                        freeze,
                        felt(observation(before, workload("rev-1", restarted(old, 137))), Duration.ofSeconds(1), 0)))
                .containsExactly("restarts of its container");
        assertThat(freeze.putsDataAtRisk()).isFalse();
    }

    @Test
    void an_upgrade_runs_another_image_and_not_only_another_name() {
        Disruption upgrade = Disruptions.upgradeImage("16");
        Snapshot upgraded = workload("rev-2", inNode("16", "b"));
        PodState sameImage =
                with(inRevision("rev-2", pod(0, "b")), new Details("node-a", "16", "sha256:15", true, false, ""));

        assertThat(unmet(upgrade, observation(before, upgraded))).isEmpty();
        assertThat(unmet(upgrade, observation(before, workload("rev-2", sameImage))))
                .containsExactly("identity of its image");
        assertThat(unmet(upgrade, nothing))
                .containsExactly("revision", "uid of pod orders-0", "its image", "identity of its image");
    }

    private static PodState inNode(String image, String uid) {
        return at("node-a", image, inRevision("rev-2", pod(0, uid)));
    }

    @Test
    void a_hibernation_replaces_every_pod() {
        Snapshot awake = workload("rev-1", at("node-a", "15", pod(0, "b")));

        assertThat(unmet(
                        Disruptions.hibernateAndWake(),
                        observation(before, awake, changed(ended(old, 0)), deleted(ended(old, 0)))))
                .isEmpty();
        assertThat(unmet(Disruptions.hibernateAndWake(), nothing))
                .containsExactly("uid of pod orders-0", "exit code of its old server");
        assertThat(unmet(Disruptions.hibernateAndWake(), observation(before, workload("rev-1"))))
                .contains("pods");
    }

    @Test
    void a_pod_that_came_up_on_another_node_reached_farther_than_one_that_did_not() {
        Snapshot moved = workload("rev-1", at("node-b", "15", pod(0, "b")));
        Snapshot stayed = workload("rev-1", at("node-a", "15", pod(0, "b")));
        Observation drained = observation(before, moved, changed(ended(old, 0)), deleted(ended(old, 0)));

        assertThat(unmet(Disruptions.drainNode(), drained)).isEmpty();
        assertThat(Proofs.of(drained)).containsExactly(new Proof(Death.GRACEFUL, Reach.NODE));
        assertThat(Proofs.of(observation(before, stayed, changed(ended(old, 0)))))
                .containsExactly(new Proof(Death.GRACEFUL, Reach.POD));
        assertThat(unmet(Disruptions.drainNode(), nothing))
                .as("only cordoned")
                .containsExactly("uid of pod orders-0", "exit code of its old server");
    }

    @Test
    void a_node_that_crashed_has_other_containers_and_may_not_know_how_they_ended() {
        PodState unknown = with(restarted(old, 255), new Details("node-a", "15", "sha256:15", true, false, "Unknown"));
        PodState byItself = with(restarted(old, 255), new Details("node-a", "15", "sha256:15", true, false, "Error"));

        assertThat(unmet(Disruptions.crashNode(), observation(before, workload("rev-1", unknown))))
                .isEmpty();
        assertThat(Proofs.of(observation(before, workload("rev-1", unknown))))
                .containsExactly(new Proof(Death.KILLED, Reach.CONTAINER));
        assertThat(unmet(Disruptions.crashNode(), observation(before, workload("rev-1", byItself))))
                .containsExactly("exit code of its old server");
        assertThat(unmet(Disruptions.crashNode(), nothing))
                .as("the pod still shows what it was before")
                .containsExactly("its container", "exit code of its old server");
    }

    @Test
    void a_volume_was_full_when_a_row_was_refused() {
        assertThat(unmet(Disruptions.fillVolume(), felt(nothing, Duration.ZERO, 1)))
                .isEmpty();
        assertThat(unmet(Disruptions.fillVolume(), nothing)).containsExactly("rows that were refused");
        assertThat(Disruptions.fillVolume().putsDataAtRisk()).isTrue();
        assertThat(Disruptions.fillVolume().restartsServers()).isFalse();
    }

    @Test
    void a_volume_that_cannot_be_emptied_does_not_keep_the_others_full() {
        List<String> emptied = new ArrayList<>();
        Runnable broken = () -> {
            throw new IllegalStateException("planted");
        };

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        FillVolume.emptyAll(List.of(() -> emptied.add("first"), broken, () -> emptied.add("third"))))
                .withMessage("planted");
        assertThat(emptied).containsExactly("first", "third");
    }

    @Test
    void a_crash_during_recovery_is_two_kills_with_no_server_ready_in_between() {
        PodState once = restarted(old, 137);
        PodState twice = restarted(once, 137);
        PodState notReady = new PodState(
                once.name(), once.uid(), once.containerId(), 1, once.exitCode(), once.revision(), false, false);
        Disruption crash = Disruptions.crashDuringRecovery();

        assertThat(unmet(crash, observation(before, workload("rev-1", twice), changed(notReady))))
                .isEmpty();
        assertThat(unmet(crash, observation(before, workload("rev-1", twice), changed(once))))
                .containsExactly("ready between the two");
        assertThat(unmet(crash, observation(before, workload("rev-1", once), changed(notReady))))
                .containsExactly("kills");
        assertThat(unmet(
                        crash,
                        new Observation(
                                before, workload("rev-1", twice), List.of(), Pulse.NONE, Optional.of("too old"))))
                .as("nobody was looking")
                .containsExactly("ready between the two");
    }

    /** Until it is gone, a pod tells how its container before the last restart ended. */
    @Test
    void a_kill_of_earlier_is_none_of_a_pod_that_is_deleted_later() {
        PodState once = with(restarted(old, 137), new Details("node-a", "15", "sha256:15", true, false, "Error"));
        PodState going = new PodState(
                once.name(),
                once.uid(),
                once.containerId(),
                once.restarts(),
                once.exitCode(),
                once.revision(),
                false,
                true,
                once.details());
        Snapshot killedOnce = workload("rev-1", once);
        Snapshot replaced = workload("rev-1", at("node-a", "15", pod(0, "b")));
        Observation forced = observation(killedOnce, replaced, changed(going), deleted(going));
        Observation inPeace =
                observation(killedOnce, replaced, changed(going), changed(ended(once, 0)), deleted(ended(once, 0)));

        assertThat(unmet(Disruptions.forceDeletePod(), forced)).isEmpty();
        assertThat(Proofs.of(forced)).containsExactly(new Proof(Death.GRACEFUL, Reach.POD));
        assertThat(unmet(Disruptions.deletePod(), forced)).containsExactly("exit code of its old server");
        assertThat(inPeace.exitCode(once)).hasValue(0);
        assertThat(Proofs.of(inPeace)).containsExactly(new Proof(Death.GRACEFUL, Reach.POD));
    }
}
