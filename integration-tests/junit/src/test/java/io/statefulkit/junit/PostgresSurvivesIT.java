package io.statefulkit.junit;

import static io.statefulkit.junit.StatefulAssertions.assertThat;
import static io.statefulkit.survival.disruption.Disruptions.crashProcess;
import static io.statefulkit.survival.disruption.Disruptions.deletePod;
import static io.statefulkit.survival.disruption.Disruptions.evictPod;
import static io.statefulkit.survival.disruption.Disruptions.orphanAndAdopt;
import static io.statefulkit.survival.disruption.Disruptions.recreateWorkload;
import static io.statefulkit.survival.disruption.Disruptions.rolloutRestart;
import static io.statefulkit.survival.disruption.Disruptions.scale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.StatefulKit;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.survival.LedgerKind;
import io.statefulkit.survival.SurvivalResult;
import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.observation.Proof.Death;
import io.statefulkit.survival.disruption.observation.Proof.Reach;
import io.statefulkit.survival.disruption.power.UnmetNeedException;
import io.statefulkit.survival.history.HistoryFile;
import io.statefulkit.survival.verdict.Checker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@StatefulCluster
class PostgresSurvivesIT {

    private static final StatefulPostgres ROBBED =
            StatefulPostgres.named("robbed").withImage("postgres:15-bookworm").withVolumeClaimTemplate("1Gi");

    @Test
    void rows_survive_what_happens_to_every_pod(StatefulKit kit) {
        PostgresHandle db = kit.deploy(StatefulPostgres.named("orders")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi"));

        SurvivalResult result = assertThat(db)
                .keepsItsDataOnAVolume()
                .with(run -> run.afterRows(50).followedByRows(20))
                .survives(
                        deletePod(),
                        crashProcess(),
                        rolloutRestart(),
                        scale(1, 0, 1),
                        evictPod(),
                        orphanAndAdopt(),
                        recreateWorkload())
                .lostNothingAcknowledged()
                .proves(Death.KILLED, Reach.CONTAINER)
                .proves(Death.GRACEFUL, Reach.POD)
                .result();

        assertThat(result.steps())
                .extracting(step -> step.happening().disruption())
                .containsExactly(
                        "deletePod(0)",
                        "crashProcess(0)",
                        "rolloutRestart",
                        "scale(1, 0, 1)",
                        "evictPod(0)",
                        "orphanAndAdopt",
                        "recreateWorkload");
        assertThat(result.steps())
                .allSatisfy(step -> assertThat(step.happening().evidence())
                        .anySatisfy(evidence -> assertThat(evidence.what()).isEqualTo("claim data-orders-0")));
        assertThat(Checker.check(HistoryFile.read(result.history())))
                .as("what the file says when it is checked again")
                .isEqualTo(result.findings());
        assertThat(db.psql("select count(*) from pg_tables where tablename like 'statefulkit_ledger%'"))
                .as("ledgers left after a run that passed")
                .isEqualTo("0");
    }

    /** Its pods have another name each time. */
    @Test
    void rows_of_a_deployment_survive_the_same(StatefulKit kit, KubernetesClient client) {
        PostgresHandle db = kit.deploy(StatefulPostgres.named("single")
                .withImage("postgres:15-bookworm")
                .asSingleReplicaDeployment(Claim.named("single-data").size("1Gi")));

        SurvivalResult result = assertThat(db)
                .with(run -> run.afterRows(50).followedByRows(20))
                .survives(deletePod(), crashProcess(), rolloutRestart(), orphanAndAdopt(), recreateWorkload())
                .keptTheSameVolumes()
                .proves(Death.KILLED, Reach.CONTAINER)
                .proves(Death.GRACEFUL, Reach.POD)
                .result();

        assertThat(result.describe()).startsWith("deployment/single: SURVIVED");
        assertThat(result.steps())
                .allSatisfy(step -> assertThat(step.happening().evidence())
                        .anySatisfy(evidence -> assertThat(evidence.what()).isEqualTo("claim single-data")));

        client.apps()
                .deployments()
                .inNamespace(db.namespace())
                .withName("single")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"strategy\":{\"type\":\"RollingUpdate\",\"rollingUpdate\":null}}}");
        assertThatThrownBy(() -> assertThat(db).survives(rolloutRestart()))
                .isInstanceOf(UnmetNeedException.class)
                .hasMessage("rolloutRestart cannot be done to Deployment " + db.namespace()
                        + "/single: its strategy is RollingUpdate, so that two servers would run on the volume of"
                        + " single-data at once; give it the strategy Recreate");
    }

    @SelfCheck
    void a_row_that_is_deleted_behind_the_back_of_the_ledger_is_named(Disruption sabotage, StatefulKit kit) {
        PostgresHandle db = kit.deploy(ROBBED);
        try {
            assertThat(db).with(run -> run.afterRows(50)).survives(sabotage);
        } catch (SurvivalError found) {
            assertThat(found)
                    .hasMessageStartingWith("expected SURVIVED, but statefulset/robbed: VIOLATED")
                    .hasMessageContaining("1 row acknowledged or seen, and gone: w")
                    .hasMessageContaining("; 1 missing since deletePod(0)");
            throw found;
        }
    }

    @DisruptionTest(value = Disrupt.DELETE_POD, ledgers = LedgerKind.ACCOUNTS)
    void a_cell_of_a_matrix_says_how_its_run_is_done(DisruptionCell cell, StatefulKit kit) {
        SurvivalResult result = assertThat(kit.deploy(ROBBED))
                .with(cell)
                .with(run -> run.afterRows(50).followedByRows(20))
                .survives(cell.disruption())
                .wasConclusive()
                .keptTheSameVolumes()
                .result();

        assertThat(result.seed()).isEqualTo(cell.seed());
        assertThatThrownBy(() -> assertThat(result).hasRecoveredWithin(Duration.ofNanos(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "expected recovery within PT0.000000001S from deletePod(0), but statefulset/robbed");
    }
}
