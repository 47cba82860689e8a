package io.statefulkit.survival.control;

import static io.statefulkit.junit.StatefulAssertions.assertThat;
import static io.statefulkit.survival.disruption.Disruptions.crashProcess;
import static io.statefulkit.survival.disruption.Disruptions.deletePod;
import static io.statefulkit.survival.disruption.Disruptions.scale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.StatefulKit;
import io.statefulkit.cluster.testing.Here;
import io.statefulkit.cluster.testing.Idle;
import io.statefulkit.embedded.Faults;
import io.statefulkit.handle.Handle;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.junit.StatefulCluster;
import io.statefulkit.lint.Rule;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.storage.Reclaim;
import io.statefulkit.survival.Survival;
import io.statefulkit.survival.SurvivalResult;
import io.statefulkit.survival.verdict.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Workloads that lose data, as they are found in the wild: a kit that calls one of them safe is worth nothing. Where the loss is one of
 * volumes and not of a database, the data is files.
 */
@Timeout(600)
@StatefulCluster
class NegativeControlsIT {

    private static final String CONTROL = "shows what becomes of the data";
    private static final int ROWS = 60;
    private static final int FILES = 20;

    private final KubernetesClient client;
    private final StatefulKit kit;

    NegativeControlsIT(KubernetesClient client, StatefulKit kit) {
        this.client = client;
        this.kit = kit.withTimeout(Duration.ofMinutes(5));
    }

    /** Three of one kind and some of others have to fit on a node of two processors. */
    private static StatefulPostgres onClaim(String name) {
        return StatefulPostgres.named(name)
                .withImage("postgres:15-bookworm")
                .withResources(Resources.cpu("100m").memory("512Mi"))
                .withVolumeClaimTemplate("1Gi");
    }

    /** The background writer would make it a matter of 200 milliseconds. With a delay of 10 seconds it is a certainty. */
    private static StatefulPostgres hasty() {
        return onClaim("hasty")
                .withConfig("synchronous_commit", "off")
                .withConfig("wal_writer_delay", "10s")
                .withConfig("wal_buffers", "4MB")
                .withConfig("wal_writer_flush_after", "1GB")
                .withConfig("bgwriter_lru_maxpages", "0")
                .allow(Rule.ID08, CONTROL);
    }

    private Survival run(Survival run) {
        return run.writing(300, 4).withPayload(64, 1024).afterRows(ROWS).followedByRows(20);
    }

    private Survival files(Handle notes) {
        return Survival.ofFiles(notes, "/data").afterRows(FILES).followedByRows(5);
    }

    private Survival here(Survival run) {
        return run.recoveringWithin(Duration.ofMinutes(3)).with(Here.powers(client));
    }

    private static void assertLost(SurvivalResult result, int rows) {
        assertThat(result).hasVerdict(Verdict.VIOLATED);
        assertThat(result.lost()).as("lost rows").isGreaterThanOrEqualTo(rows);
    }

    @Test
    void data_in_an_empty_directory_is_lost_with_the_pod() {
        Handle notes = kit.deploy(Idle.program("ephemeral")
                .customize(
                        StatefulSetBuilder.class,
                        set -> set.editSpec()
                                .editTemplate()
                                .editSpec()
                                .addNewVolume()
                                .withName("data")
                                .withNewEmptyDir()
                                .endEmptyDir()
                                .endVolume()
                                .endSpec()
                                .endTemplate()
                                .endSpec())
                .customizeContainer(
                        "ephemeral",
                        container -> container
                                .addNewVolumeMount()
                                .withName("data")
                                .withMountPath("/data")
                                .endVolumeMount()));

        SurvivalResult result = here(files(notes)).through(deletePod());

        assertLost(result, FILES);
        assertThat(result.describe()).contains("it is another database than at the start");
    }

    /** The image declares a volume of its own at its data directory, which hides that part of a claim mounted above it. */
    @Test
    void data_beside_the_claim_is_lost_with_the_container() {
        PostgresHandle db = kit.deploy(onClaim("beside")
                .customizeContainer(
                        "postgres",
                        container -> container
                                .editMatchingVolumeMount(
                                        mount -> mount.getName().equals("data"))
                                .withMountPath("/var/lib/postgresql")
                                .endVolumeMount())
                .allow(Rule.ST05, CONTROL));

        SurvivalResult result = here(run(Survival.of(db))).through(crashProcess());

        assertLost(result, ROWS);
        assertThat(result.describe())
                .contains(
                        "crashProcess(0)  restarts 0 -> 1, exit code 137", "it is another database than at the start");
    }

    @Test
    void rows_that_are_acknowledged_before_they_are_written_are_lost_in_a_crash() {
        PostgresHandle db = kit.forceConflicts().deploy(hasty());

        SurvivalResult result = here(run(Survival.of(db))).through(crashProcess());

        assertThat(result).hasVerdict(Verdict.VIOLATED).lostOnlyTheTail();
        assertThat(result.describe()).contains("synchronous_commit = off");
    }

    /** The one whose settings are hasty serves as the first of them, whatever became of it: it is not killed here. */
    @Test
    void three_unrelated_servers_behind_one_service_show_a_third_of_the_data_each() {
        ByAddress database =
                ByAddress.ofService(kit.forceConflicts().deploy(hasty())).orSkip();

        SurvivalResult result = here(run(database.run())).through(scale(1, 3));

        assertLost(result, ROWS);
    }

    @Test
    void a_claim_that_goes_with_its_pod_takes_the_data_along() {
        Handle notes = kit.deploy(Idle.onClaim("fleeting").withVolumeRetention(Reclaim.RETAIN, Reclaim.DELETE));

        SurvivalResult result = here(files(notes)).through(scale(0, 1));

        assertLost(result, FILES);
        assertThat(result.describe()).contains("OTHER", "it is another database than at the start");
    }

    @Test
    void a_restore_that_restores_nothing_loses_everything() {
        StatefulWorkload spec = Idle.onClaim("restored");
        Handle notes = kit.deploy(spec);

        SurvivalResult result = here(files(notes)).through(new EmptyRestore(notes, () -> {
            Handle unused = kit.deploy(spec);
        }));

        assertLost(result, FILES);
    }

    @Test
    void two_servers_on_one_volume_lose_what_the_first_acknowledges_then() {
        Faults faults = Here.faults(client, "it keeps a server alive that the API knows nothing of any more");
        assumeThat(isolation())
                .as("This machine gives containers no pid namespaces, as pods have them: PostgreSQL's own lock works"
                        + " here, and nothing can be lost.")
                .isNotEqualTo("none");
        ByAddress database = ByAddress.ofPod(
                kit.deploy(onClaim("double").withoutFence(CONTROL).withConfig("autovacuum", "off")));

        SurvivalResult result = here(run(database.run())).through(new SecondServer(faults, database, 40));

        // Each of the 4 writers may be on its way with one.
        assertLost(result, 40 - 4);
        assertThat(result.describe()).contains("missing since secondServer");
    }

    @Test
    void redis_without_a_log_of_its_writes_forgets_them_in_a_crash() {
        Here.assumeServer(client, "redis-server");
        SurvivalResult result = here(run(Survival.of(kit.deploy(StatefulRedis.named("forgetful")
                        .withImage("redis:7.0-bookworm")
                        .withVolumeClaimTemplate("1Gi")
                        .withConfig("appendonly", "no")
                        .withConfig("save", "\"\"")
                        .allow(Rule.RD01, CONTROL)))))
                .through(crashProcess());

        assertLost(result, ROWS);
        assertThat(result.describe()).contains("appendonly");
    }

    private String isolation() {
        return client.nodes()
                .list()
                .getItems()
                .get(0)
                .getMetadata()
                .getLabels()
                .getOrDefault("statefulkit.io/isolation", "none");
    }
}
