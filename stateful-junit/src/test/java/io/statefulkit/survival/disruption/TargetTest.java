package io.statefulkit.survival.disruption;

import static io.statefulkit.survival.testing.Scenes.observation;
import static io.statefulkit.survival.testing.Scenes.pod;
import static io.statefulkit.survival.testing.Scenes.restarted;
import static io.statefulkit.survival.testing.Scenes.workload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.statefulkit.survival.disruption.observation.Details;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

    private final PodState replica = pod(0, "a");
    private final PodState leader = primary(pod(1, "b"));
    private final Snapshot group = workload("rev-1", replica, leader);

    private static PodState primary(PodState pod) {
        return with(pod, pod.isReady(), true);
    }

    private static PodState with(PodState pod, boolean isReady, boolean isPrimary) {
        return new PodState(
                pod.name(),
                pod.uid(),
                pod.containerId(),
                pod.restarts(),
                OptionalInt.empty(),
                pod.revision(),
                isReady,
                false,
                new Details("", "", "", true, false, "", isPrimary));
    }

    @Test
    void the_primary_is_the_only_one_or_the_one_whose_label_says_so() {
        assertThat(Target.primary().of(workload("rev-1", replica))).containsExactly(replica);
        assertThat(Target.primary().of(group)).containsExactly(leader);
        assertThatIllegalStateException()
                .isThrownBy(() -> Target.primary().of(workload("rev-1", replica, pod(1, "b"))))
                .withMessage("there is no single primary: no label of a pod says so: 2 replicas wanted, orders-0 ready,"
                        + " orders-1 ready");
        assertThatIllegalStateException()
                .isThrownBy(() -> Target.primary().of(workload("rev-1", primary(replica), leader)))
                .withMessageStartingWith("there is no single primary: 2 pods have a label that says so: ");
    }

    @Test
    void the_one_that_serves_is_the_primary_or_the_first_that_is_ready() {
        assertThat(Target.serving().of(group)).containsExactly(leader);
        assertThat(Target.serving().of(workload("rev-1", with(replica, false, false), pod(1, "b"))))
                .containsExactly(pod(1, "b"));
        assertThatIllegalStateException()
                .isThrownBy(() -> Target.serving().of(workload("rev-1", with(replica, false, false))))
                .withMessage("no pod is ready: 1 replicas wanted, orders-0 not ready");
    }

    @Test
    void what_is_done_to_the_primary_is_judged_by_the_pod_that_it_was_when_it_began() {
        Disruption crash = Disruptions.crashProcess().on(Target.primary());
        Snapshot crashed = workload("rev-1", primary(replica), restarted(leader, 137));

        assertThat(crash.name()).isEqualTo("crashProcess(primary)");
        assertThat(crash.evidence(observation(group, crashed)))
                .allMatch(Evidence::met)
                .anyMatch(evidence -> evidence.what().equals("uid of pod orders-1"));
        assertThat(crash.evidence(observation(group, workload("rev-1", restarted(replica, 137), leader))))
                .as("another pod crashed")
                .anyMatch(evidence -> !evidence.met());
    }

    @Test
    void every_disruption_of_a_pod_can_be_done_to_the_primary_and_to_the_one_that_serves() {
        for (Disruption disruption : List.of(
                Disruptions.deletePod(),
                Disruptions.forceDeletePod(),
                Disruptions.evictPod(),
                Disruptions.crashProcess(),
                Disruptions.crashDuringRecovery(),
                Disruptions.freeze(Duration.ofMillis(500)),
                Disruptions.drainNode(),
                Disruptions.crashNode(),
                Disruptions.fillVolume())) {
            for (Target target : List.of(Target.primary(), Target.serving())) {
                Disruption aimed = disruption.on(target);

                assertThat(aimed.name()).isEqualTo(disruption.name().replace("(0", "(" + target));
                assertThat(aimed.requires()).isEqualTo(disruption.requires());
                assertThat(aimed.restartsServers()).isEqualTo(disruption.restartsServers());
                assertThat(aimed.putsDataAtRisk()).isEqualTo(disruption.putsDataAtRisk());
                assertThat(aimed.patience(Duration.ofSeconds(9))).isEqualTo(disruption.patience(Duration.ofSeconds(9)));
                assertThat(aimed.evidence(observation(group, group)))
                        .as(aimed.name())
                        .anyMatch(evidence -> !evidence.met());
                assertThat(aimed.on(Target.pod(1)).name())
                        .isEqualTo(disruption.name().replace("(0", "(1"));
                assertThat(aimed.when(Trigger.afterAcks(5)).times(2).steps())
                        .extracting(Disruption::name)
                        .containsExactly(aimed.name(), aimed.name());
            }
        }
    }

    @Test
    void there_is_no_pod_below_0() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Target(-4));
        assertThatIllegalArgumentException().isThrownBy(() -> Target.pod(-2));
    }

    @ParameterizedTest
    @CsvSource({
        "role, primary, true",
        "role, replica, false",
        "spilo-role, master, true",
        "cnpg.io/instanceRole, primary, true",
        "app, primary, false"
    })
    void labels_say_who_is_the_primary(String label, String value, boolean isPrimary) {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .addToLabels(label, value)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .endContainer()
                .endSpec()
                .build();

        assertThat(Details.of(pod, pod.getSpec().getContainers().get(0), Optional.empty())
                        .isPrimary())
                .isEqualTo(isPrimary);
    }
}
