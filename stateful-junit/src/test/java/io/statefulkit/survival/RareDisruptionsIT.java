package io.statefulkit.survival;

import static io.statefulkit.survival.disruption.Disruptions.crashDuringRecovery;
import static io.statefulkit.survival.disruption.Disruptions.crashNode;
import static io.statefulkit.survival.disruption.Disruptions.crashProcess;
import static io.statefulkit.survival.disruption.Disruptions.drainNode;
import static io.statefulkit.survival.disruption.Disruptions.freeze;
import static io.statefulkit.survival.disruption.Disruptions.hibernateAndWake;
import static io.statefulkit.survival.disruption.Disruptions.upgradeImage;
import static io.statefulkit.survival.disruption.Trigger.inFlight;
import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.StatefulKit;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.embedded.EmbeddedOptions;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.survival.disruption.EmbeddedPowers;
import io.statefulkit.survival.disruption.Proof;
import io.statefulkit.survival.disruption.Proof.Death;
import io.statefulkit.survival.disruption.Proof.Reach;
import io.statefulkit.survival.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not happen every day: to nodes, to images, and to a server that recovers from a crash. On a cluster that restarts at once. */
class RareDisruptionsIT {

    @Test
    void rows_survive_what_happens_to_nodes_and_images(@TempDir Path reports) {
        Duration pause = Duration.ofMillis(100);
        try (EmbeddedCluster cluster =
                EmbeddedCluster.start(EmbeddedOptions.defaults().withNodes(2).withRestartBackOff(pause, pause))) {
            SurvivalResult result = Survival.of(StatefulKit.on(cluster.client())
                            .inNamespace("default")
                            .deploy(StatefulPostgres.named("orders")
                                    .withImage("postgres:15-bookworm")
                                    .withVolumeClaimTemplate("1Gi")))
                    .with(new EmbeddedPowers(cluster.faults()))
                    .keepingAccounts()
                    .afterRows(30)
                    .followedByRows(20)
                    .into(reports)
                    .through(
                            freeze(Duration.ofMillis(500)),
                            crashNode().then(drainNode()),
                            hibernateAndWake(),
                            upgradeImage("postgres:15.15-bookworm"),
                            crashProcess().when(inFlight(1)).recoveringWithin(Duration.ofMinutes(1)),
                            crashDuringRecovery());

            assertThat(result.verdict()).as(result.describe()).isEqualTo(Verdict.SURVIVED);
            assertThat(result.proofs())
                    .contains(new Proof(Death.KILLED, Reach.CONTAINER), new Proof(Death.GRACEFUL, Reach.POD));
            assertThat(result.steps())
                    .extracting(step -> step.happening().disruption())
                    .containsExactly(
                            "freeze(0, 500 ms)",
                            "crashNode(0)",
                            "drainNode(0)",
                            "hibernateAndWake",
                            "upgradeImage(postgres:15.15-bookworm)",
                            "crashProcess(0)",
                            "crashDuringRecovery(0)");
            assertThat(cluster.client().nodes().list().getItems())
                    .as("nodes that are still cordoned")
                    .noneMatch(node -> Boolean.TRUE.equals(node.getSpec().getUnschedulable()));
        }
    }
}
