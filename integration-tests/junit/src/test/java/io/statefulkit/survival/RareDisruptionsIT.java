package io.statefulkit.survival;

import static io.statefulkit.survival.disruption.Disruptions.backupAndRestore;
import static io.statefulkit.survival.disruption.Disruptions.crashDuringRecovery;
import static io.statefulkit.survival.disruption.Disruptions.crashNode;
import static io.statefulkit.survival.disruption.Disruptions.crashProcess;
import static io.statefulkit.survival.disruption.Disruptions.drainNode;
import static io.statefulkit.survival.disruption.Disruptions.freeze;
import static io.statefulkit.survival.disruption.Disruptions.hibernateAndWake;
import static io.statefulkit.survival.disruption.Disruptions.upgradeImage;
import static io.statefulkit.survival.disruption.Trigger.inFlight;
import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.cluster.testing.RestartingCluster;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.survival.disruption.observation.Proof;
import io.statefulkit.survival.disruption.observation.Proof.Death;
import io.statefulkit.survival.disruption.observation.Proof.Reach;
import io.statefulkit.survival.history.HistoryFile;
import io.statefulkit.survival.verdict.Checker;
import io.statefulkit.survival.verdict.ElementClass;
import io.statefulkit.survival.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What does not happen every day: to nodes, to images, and to a server that recovers from a crash. */
@TestInstance(Lifecycle.PER_CLASS)
class RareDisruptionsIT {

    private static final StatefulPostgres ORDERS = StatefulPostgres.named("orders")
            .withImage("postgres:15-bookworm")
            .withVolumeClaimTemplate("1Gi")
            .withSidecarBackup(SidecarBackup.every(Duration.ofHours(6))
                    .on(Claim.named("dumps").size("1Gi")));

    private final RestartingCluster cluster = RestartingCluster.withNodes(2);
    private final PostgresHandle db = cluster.kit().deploy(cluster.killsAtOnce() ? ORDERS : slowToBeReady(ORDERS));

    /** A server with few rows makes good for a crash within a second: it would be ready again before a kill that takes longer. */
    private static StatefulPostgres slowToBeReady(StatefulPostgres spec) {
        return spec.customizeContainer(
                "postgres",
                container ->
                        container.editStartupProbe().withInitialDelaySeconds(10).endStartupProbe());
    }

    @AfterAll
    void closeCluster() {
        cluster.close();
    }

    private Survival run(Path reports) {
        return Survival.of(db)
                .with(cluster.powers())
                .afterRows(30)
                .followedByRows(20)
                .into(reports);
    }

    private static void assertSurvived(SurvivalResult result, String... disruptions) {
        assertThat(result.verdict()).as(result.describe()).isEqualTo(Verdict.SURVIVED);
        assertThat(result.steps())
                .extracting(step -> step.happening().disruption())
                .containsExactly(disruptions);
    }

    @Test
    void rows_survive_what_happens_to_nodes(@TempDir Path reports) {
        SurvivalResult result = run(reports)
                .keepingAccounts()
                .through(freeze(Duration.ofMillis(500)), crashNode().then(drainNode()));

        assertSurvived(result, "freeze(0, 500 ms)", "crashNode(0)", "drainNode(0)");
        assertThat(result.proofs())
                .contains(new Proof(Death.KILLED, Reach.CONTAINER), new Proof(Death.GRACEFUL, Reach.POD));
        assertThat(cluster.client().nodes().list().getItems())
                .as("nodes that are still cordoned")
                .noneMatch(node -> Boolean.TRUE.equals(node.getSpec().getUnschedulable()));
    }

    @Test
    void rows_survive_another_image_and_a_crash_while_the_server_makes_good_for_one(@TempDir Path reports) {
        SurvivalResult result = run(reports)
                .keepingAccounts()
                .through(
                        hibernateAndWake(),
                        upgradeImage("postgres:15.15-bookworm"),
                        crashProcess().when(inFlight(1)).recoveringWithin(Duration.ofMinutes(1)),
                        crashDuringRecovery());

        assertSurvived(
                result,
                "hibernateAndWake",
                "upgradeImage(postgres:15.15-bookworm)",
                "crashProcess(0)",
                "crashDuringRecovery(0)");
        assertThat(result.proofs())
                .contains(new Proof(Death.KILLED, Reach.CONTAINER), new Proof(Death.GRACEFUL, Reach.POD));
    }

    @Test
    void a_backup_brings_back_what_was_there_before_it_and_nothing_newer(@TempDir Path reports) {
        SurvivalResult result = run(reports).through(backupAndRestore(Backups.dumps(db)));

        assertSurvived(result, "backupAndRestore(dump)");
        assertThat(result.proofs()).containsExactly(new Proof(Death.GRACEFUL, Reach.RESTORED));
        assertThat(result.findings().count(ElementClass.GIVEN_UP))
                .as("rows that are in no backup")
                .isGreaterThanOrEqualTo(20);
        assertThat(Checker.check(HistoryFile.read(result.history())))
                .as("what the file says when it is checked again")
                .isEqualTo(result.findings());
    }
}
