package io.statefulkit.survival.disruption;

import static io.statefulkit.survival.disruption.Disruptions.crashProcess;
import static io.statefulkit.survival.disruption.Disruptions.deletePod;
import static io.statefulkit.survival.disruption.Disruptions.rolloutRestart;
import static io.statefulkit.survival.testing.Scenes.observation;
import static io.statefulkit.survival.testing.Scenes.pod;
import static io.statefulkit.survival.testing.Scenes.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statefulkit.survival.Sabotage;
import io.statefulkit.survival.disruption.Trigger.Traffic;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.power.Capability;
import io.statefulkit.survival.disruption.power.Powers;
import io.statefulkit.survival.disruption.power.UnmetNeedException;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class CompositionTest {

    @Test
    void a_sequence_has_the_steps_of_its_parts() {
        Disruption all = deletePod().times(2).then(crashProcess().then(rolloutRestart()));

        assertThat(all.steps())
                .extracting(Disruption::name)
                .containsExactly("deletePod(0)", "deletePod(0)", "crashProcess(0)", "rolloutRestart");
        assertThat(all.name()).isEqualTo("deletePod(0), then deletePod(0), then crashProcess(0), then rolloutRestart");
        assertThat(all.requires()).containsExactly(Capability.KILL);
        assertThat(all.times(2).steps()).hasSize(8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> deletePod().times(0))
                .withMessage("expected at least once, got 0");
    }

    @Test
    void a_time_and_a_limit_hold_for_each_step() {
        Disruption adjusted = deletePod()
                .then(crashProcess())
                .when(Trigger.afterAcks(500))
                .recoveringWithin(Duration.ofSeconds(9))
                .on(Target.pod(2));

        assertThat(adjusted.steps()).extracting(Disruption::name).containsExactly("deletePod(2)", "crashProcess(2)");
        assertThat(adjusted.steps()).allSatisfy(step -> {
            assertThat(step.patience(Duration.ofMinutes(2))).isEqualTo(Duration.ofSeconds(9));
            assertThat(step.trigger().isNow(new Traffic(499, 8, Duration.ZERO))).isFalse();
            assertThat(step.trigger().isNow(new Traffic(500, 0, Duration.ZERO))).isTrue();
        });
    }

    @Test
    void sabotage_needs_what_its_cover_needs_and_does_not_wait_for_what_it_skips() {
        Disruption cover = crashProcess().when(Trigger.afterAcks(500)).recoveringWithin(Duration.ofMinutes(3));
        Disruption sabotage = Sabotage.of(Sabotage.Kind.LOSE_ROW, cover);

        assertThat(sabotage.requires()).containsExactly(Capability.KILL);
        assertThat(sabotage.trigger()).isSameAs(cover.trigger());
        assertThat(sabotage.patience(Duration.ofMinutes(2))).isEqualTo(Duration.ofMinutes(3));
        assertThat(Sabotage.of(Sabotage.Kind.SKIP, cover).patience(Duration.ofMinutes(2)))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(Sabotage.of(Sabotage.Kind.SKIP, Disruptions.fillVolume()).putsDataAtRisk())
                .isTrue();
        assertThat(Sabotage.of(Sabotage.Kind.SKIP, Disruptions.orphanAndAdopt()).putsDataAtRisk())
                .isFalse();
    }

    /** A run plants the fault of a {@link Sabotage} only: what is around one would hide it. */
    @Test
    void sabotage_stays_sabotage_at_another_time_of_another_pod_and_of_several_disruptions() {
        Disruption adjusted = Sabotage.losingRow()
                .on(Target.pod(2))
                .when(Trigger.afterAcks(500))
                .recoveringWithin(Duration.ofSeconds(9));

        assertThat(adjusted.times(2).steps()).hasSize(2).allSatisfy(step -> {
            assertThat(step).isInstanceOf(Sabotage.class);
            assertThat(step.name()).isEqualTo("deletePod(2) with sabotage LOSE_ROW");
            assertThat(step.patience(Duration.ofMinutes(2))).isEqualTo(Duration.ofSeconds(9));
            assertThat(step.trigger().isNow(new Traffic(499, 8, Duration.ZERO))).isFalse();
        });
        assertThat(Sabotage.losingRow(deletePod().then(crashProcess())).steps())
                .extracting(Disruption::name)
                .containsExactly("deletePod(0)", "crashProcess(0) with sabotage LOSE_ROW");
    }

    @Test
    void triggers_go_together() {
        Trigger trigger = Trigger.afterAcks(10).and(Trigger.inFlight(4)).and(Trigger.after(Duration.ofSeconds(1)));

        assertThat(trigger.isNow(new Traffic(10, 4, Duration.ofSeconds(1)))).isTrue();
        assertThat(trigger.isNow(new Traffic(9, 4, Duration.ofSeconds(1)))).isFalse();
        assertThat(trigger.isNow(new Traffic(10, 3, Duration.ofSeconds(1)))).isFalse();
        assertThat(trigger.isNow(new Traffic(10, 4, Duration.ofMillis(999)))).isFalse();
    }

    @Test
    void all_pods_need_evidence_of_their_own() {
        Snapshot before = workload("rev-1", pod(0, "a0"), pod(1, "a1"));
        Snapshot half = workload("rev-1", pod(0, "b0"), pod(1, "a1"));

        Disruption all = deletePod().on(Target.all());

        assertThat(all.name()).isEqualTo("deletePod(all)");
        assertThat(all.evidence(observation(before, half)).stream()
                        .filter(evidence -> evidence.what().startsWith("uid"))
                        .map(Evidence::met))
                .containsExactly(true, false);
    }

    @Test
    void what_concerns_the_whole_workload_has_no_target() {
        assertThatThrownBy(() -> rolloutRestart().on(Target.pod(1)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("rolloutRestart cannot be done to pod 1 alone");
        assertThatIllegalArgumentException().isThrownBy(() -> Target.pod(-1));
    }

    @Test
    void a_cluster_that_can_kill_can_do_nothing_else() {
        Powers powers = Powers.of((namespace, pod, container) -> {});

        assertThat(powers.capabilities()).containsExactly(Capability.KILL, Capability.CORDON);
        assertThatThrownBy(() -> powers.stopNode("node-a"))
                .isInstanceOf(UnmetNeedException.class)
                .hasMessage(
                        "stopNode needs NODE_POWER (to take a node's power away and give it back), which this cluster"
                                + " does not offer or nobody told the run how: see Survival.with(Powers)");
        assertThat(new UnmetNeedException("crash", EnumSet.of(Capability.KILL), "nobody allowed it"))
                .hasMessage("crash needs KILL (to kill a process from outside of its container), which is not to be had"
                        + " here: nobody allowed it");
        assertThat(new UnmetNeedException("both", EnumSet.of(Capability.KILL, Capability.FREEZE)))
                .hasMessageContaining("KILL (to kill a process from outside of its container) and FREEZE");
    }
}
