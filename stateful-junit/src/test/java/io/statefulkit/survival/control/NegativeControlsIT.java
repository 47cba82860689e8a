package io.statefulkit.survival.control;

import static io.statefulkit.junit.StatefulAssertions.assertThat;
import static io.statefulkit.survival.disruption.Disruptions.crashProcess;
import static io.statefulkit.survival.disruption.Disruptions.deletePod;
import static io.statefulkit.survival.disruption.Disruptions.scale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.statefulkit.StatefulKit;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.lint.Rule;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.storage.Reclaim;
import io.statefulkit.survival.Survival;
import io.statefulkit.survival.SurvivalResult;
import io.statefulkit.survival.verdict.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** Databases that lose data, as they are found in the wild: a kit that calls one of them safe is worth nothing. */
@Timeout(600)
@TestInstance(Lifecycle.PER_CLASS)
class NegativeControlsIT {

    private static final String CONTROL = "shows what becomes of the data";
    private static final int ROWS = 60;

    private final EmbeddedCluster cluster = EmbeddedCluster.start();
    private final StatefulKit kit =
            StatefulKit.on(cluster.client()).inNamespace("controls").withTimeout(Duration.ofMinutes(5));

    @BeforeAll
    void createNamespace() {
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("controls")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    void closeCluster() {
        cluster.close();
    }

    private static StatefulPostgres onClaim(String name) {
        return StatefulPostgres.named(name).withImage("postgres:15-bookworm").withVolumeClaimTemplate("1Gi");
    }

    /** Some controls leave nothing but an empty database behind: the next one takes it, with what it needs. */
    private PostgresHandle plain(StatefulPostgres spec) {
        return kit.forceConflicts().deploy(spec);
    }

    private Survival run(PostgresHandle db) {
        return settings(Survival.of(db));
    }

    private Survival settings(Survival run) {
        return run.writing(300, 8)
                .withPayload(64, 1024)
                .afterRows(ROWS)
                .followedByRows(20)
                .recoveringWithin(Duration.ofMinutes(3))
                .killingWith(cluster.faults()::kill);
    }

    @Test
    void data_in_an_empty_directory_is_lost_with_the_pod() {
        SurvivalResult result = run(kit.deploy(StatefulPostgres.named("ephemeral")
                        .withImage("postgres:15-bookworm")
                        .withEphemeralStorage()))
                .through(deletePod());

        assertThat(result).hasVerdict(Verdict.VIOLATED);
        assertThat(result.lost()).as("lost rows").isGreaterThanOrEqualTo(ROWS);
        assertThat(result.describe()).contains("it is another database than at the start");
    }

    /** The image declares a volume of its own at its data directory, which hides that part of a claim mounted above it. */
    @Test
    void data_beside_the_claim_is_lost_with_the_container() {
        SurvivalResult result = run(kit.deploy(onClaim("beside")
                        .customizeContainer(
                                "postgres",
                                container -> container
                                        .editMatchingVolumeMount(
                                                mount -> mount.getName().equals("data"))
                                        .withMountPath("/var/lib/postgresql")
                                        .endVolumeMount())
                        .allow(Rule.ST05, CONTROL)))
                .through(crashProcess());

        assertThat(result).hasVerdict(Verdict.VIOLATED);
        assertThat(result.lost()).as("lost rows").isGreaterThanOrEqualTo(ROWS);
        assertThat(result.describe())
                .contains(
                        "crashProcess(0)  restarts 0 -> 1, exit code 137", "it is another database than at the start");
    }

    /** The background writer would make it a matter of 200 milliseconds. With a delay of 10 seconds it is a certainty. */
    @Test
    void rows_that_are_acknowledged_before_they_are_written_are_lost_in_a_crash() {
        SurvivalResult result = run(kit.deploy(onClaim("hasty")
                        .withConfig("synchronous_commit", "off")
                        .withConfig("wal_writer_delay", "10s")
                        .withConfig("wal_buffers", "4MB")
                        .withConfig("wal_writer_flush_after", "1GB")
                        .withConfig("bgwriter_lru_maxpages", "0")))
                .through(crashProcess());

        assertThat(result).hasVerdict(Verdict.VIOLATED).lostOnlyTheTail();
        assertThat(result.describe()).contains("synchronous_commit = off");
    }

    @Test
    void three_unrelated_servers_behind_one_service_show_a_third_of_the_data_each() {
        PostgresHandle db = plain(onClaim("plain").allow(Rule.ID08, CONTROL));

        SurvivalResult result = settings(ByAddress.ofService(db).run()).through(scale(1, 3));

        assertThat(result).hasVerdict(Verdict.VIOLATED);
        assertThat(result.lost()).as("rows that two of three reads miss").isGreaterThanOrEqualTo(ROWS);
    }

    @Test
    void a_claim_that_goes_with_its_pod_takes_the_data_along() {
        SurvivalResult result = run(plain(onClaim("plain").withVolumeRetention(Reclaim.RETAIN, Reclaim.DELETE)))
                .through(scale(0, 1));

        assertThat(result).hasVerdict(Verdict.VIOLATED);
        assertThat(result.lost()).as("lost rows").isGreaterThanOrEqualTo(ROWS);
        assertThat(result.describe()).contains("OTHER", "it is another database than at the start");
    }

    @Test
    void a_restore_that_restores_nothing_loses_everything() {
        StatefulPostgres spec = onClaim("plain");
        PostgresHandle db = plain(spec);

        SurvivalResult result = run(db).through(new EmptyRestore(kit, spec, db));

        assertThat(result).hasVerdict(Verdict.VIOLATED);
        assertThat(result.lost()).as("lost rows").isGreaterThanOrEqualTo(ROWS);
    }

    @Test
    void two_servers_on_one_volume_lose_what_the_first_acknowledges_then() {
        assumeThat(isolation())
                .as("This machine gives containers no pid namespaces, as pods have them: PostgreSQL's own lock works"
                        + " here, and nothing can be lost.")
                .isNotEqualTo("none");
        ByAddress database = ByAddress.ofPod(
                kit.deploy(onClaim("double").withoutFence(CONTROL).withConfig("autovacuum", "off")));

        SurvivalResult result = settings(database.run()).through(new SecondServer(cluster.faults(), database, 40));

        assertThat(result).hasVerdict(Verdict.VIOLATED);
        // Each of the 8 writers may be on its way with one.
        assertThat(result.lost()).as("lost rows").isGreaterThanOrEqualTo(40 - 8);
        assertThat(result.describe()).contains("missing since secondServer");
    }

    @Test
    void redis_without_a_log_of_its_writes_forgets_them_in_a_crash() {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/redis-server")))
                .as("redis-server is installed")
                .isTrue();
        SurvivalResult result = settings(Survival.of(kit.deploy(StatefulRedis.named("forgetful")
                        .withImage("redis:7.0-bookworm")
                        .withVolumeClaimTemplate("1Gi")
                        .withConfig("appendonly", "no")
                        .withConfig("save", "\"\"")
                        .allow(Rule.RD01, CONTROL))))
                .through(crashProcess());

        assertThat(result).hasVerdict(Verdict.VIOLATED);
        assertThat(result.lost()).as("lost rows").isGreaterThanOrEqualTo(ROWS);
        assertThat(result.describe()).contains("appendonly");
    }

    private String isolation() {
        return cluster.client()
                .nodes()
                .list()
                .getItems()
                .get(0)
                .getMetadata()
                .getLabels()
                .getOrDefault("statefulkit.io/isolation", "none");
    }
}
