package io.statefulkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.statefulkit.handle.Backup;
import io.statefulkit.handle.BackupException;
import io.statefulkit.handle.Cron;
import io.statefulkit.handle.CronRun;
import io.statefulkit.handle.ExecException;
import io.statefulkit.handle.ImportResult;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.Restored;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.job.CsvImport;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.job.SqlCron;
import io.statefulkit.testing.SharedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What the handle does with data. Its tools come with the image; on the embedded cluster, with an installed PostgreSQL. */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresDataIT {

    private final StatefulKit kit = SharedCluster.kit("data");
    private PostgresHandle db;

    @BeforeAll
    void deploy_a_server_with_a_backup() {
        assumeTrue(toolsAreHere(), "psql and pg_dump are not installed on this machine");
        db = kit.deploy(StatefulPostgres.named("todo")
                .withImage("postgres:15-bookworm")
                .withDatabase("lists")
                .withVolumeClaimTemplate("1Gi")
                .withSidecarBackup(SidecarBackup.every(Duration.ofHours(6))));
        await().atMost(Duration.ofMinutes(3)).until(() -> !db.backups().isEmpty());
    }

    private boolean toolsAreHere() {
        PostgresHandle probe = kit.deploy(StatefulPostgres.named("tools")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi"));
        return probe.exec("sh", "-c", "command -v psql && command -v pg_dump").ok();
    }

    @Test
    void rows_are_imported_exactly_once() {
        db.psql("create table todo (item text)");
        CsvImport rows = CsvImport.into("todo")
                .columns("item")
                .rows("Feed the cat", "Clean \"attic\", twice", "C:\\temp\\new", "\\.");

        assertThat(db.runImport(rows)).isEqualTo(new ImportResult(4, false));
        assertThat(db.runImport(rows)).isEqualTo(new ImportResult(0, true));

        assertThat(db.psql("select item from todo order by item").lines())
                .containsExactlyInAnyOrder("Feed the cat", "Clean \"attic\", twice", "C:\\temp\\new", "\\.");
    }

    @Test
    void an_import_that_fails_in_the_middle_leaves_no_row_and_can_be_repeated() {
        db.psql("create table scores (n int check (n < 10))");

        assertThatThrownBy(
                        () -> db.runImport(CsvImport.into("scores").columns("n").rows("1", "2", "30")))
                .isInstanceOf(ExecException.class)
                .hasMessageContaining("scores_n_check");
        assertThat(db.psql("select count(*) from scores")).isEqualTo("0");

        assertThat(db.runImport(CsvImport.into("scores").columns("n").rows("1", "2", "3"))
                        .rows())
                .isEqualTo(3);
    }

    @Test
    void a_schedule_can_be_changed_and_suspended_and_knows_when_its_runs_were_due() {
        Cron cron = db.schedule(SqlCron.named("sweep").cron("0 3 1 1 *").sql("select 1"));
        CronJob object = SharedCluster.client()
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(db.namespace())
                .withName(cron.name())
                .get();
        SharedCluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(db.namespace())
                .resource(new JobBuilder()
                        .withNewMetadata()
                        .withName(cron.name() + "-29000000")
                        .addNewOwnerReference()
                        .withApiVersion("batch/v1")
                        .withKind("CronJob")
                        .withName(cron.name())
                        .withUid(object.getMetadata().getUid())
                        .withController(true)
                        .endOwnerReference()
                        .endMetadata()
                        .withSpec(object.getSpec().getJobTemplate().getSpec())
                        .build())
                .create();

        cron.suspend();
        assertThat(cron.suspended()).isTrue();
        cron.resume();
        cron.reschedule("0 4 1 1 *");

        assertThat(cron.runs())
                .containsExactly(
                        new CronRun(cron.name() + "-29000000", Instant.ofEpochSecond(29000000L * 60), "Running"));
        cron.delete();
    }

    @Test
    void a_backup_is_restored_beside_the_database_and_takes_its_place() {
        db.psql("create table notes (text text); insert into notes values ('before')");
        Backup backup = db.backupNow();
        assertThat(backup.sha256()).hasSize(64);
        assertThat(db.backups()).contains(backup);
        db.psql("truncate notes; insert into notes values ('after')");

        db.verifyBackup(backup);
        assertThat(db.psql("select text from notes")).isEqualTo("after");
        Restored restored = db.restore(backup);

        assertThat(db.psql("select text from notes")).isEqualTo("before");
        assertThat(databases()).contains("lists", restored.oldDatabase());
        restored.dropOld();
        assertThat(databases()).contains("lists").doesNotContain(restored.oldDatabase());
        assertThat(databases()).noneMatch(name -> name.startsWith("statefulkit_"));
    }

    @Test
    void a_backup_that_was_cut_in_half_is_refused_and_the_database_stays_as_it_is() {
        db.psql("create table cut (n int); insert into cut select generate_series(1, 50000)");
        Backup whole = db.backupNow();
        String half = whole.file().replaceFirst("Z\\.dump$", "Z-half.dump");
        db.exec(
                        0,
                        "backup",
                        List.of(
                                "sh",
                                "-c",
                                "cd \"$BACKUP_DIR\" && head -c " + whole.bytes() / 2 + " " + whole.file() + " >"
                                        + half))
                .orThrow();
        Backup cut = new Backup(half, whole.made(), whole.bytes() / 2, "");

        assertThatThrownBy(() -> db.verifyBackup(cut)).isInstanceOf(BackupException.class);
        assertThatThrownBy(() -> db.restore(cut))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(half)
                .hasMessageContaining("cannot be used");
        assertThatThrownBy(() -> db.restore(new Backup(whole.file(), whole.made(), whole.bytes(), "0".repeat(64))))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("its hash has changed");

        assertThat(db.psql("select count(*) from cut")).isEqualTo("50000");
        db.exec(0, "backup", List.of("sh", "-c", "rm -f \"$BACKUP_DIR\"/" + half))
                .orThrow();
    }

    private List<String> databases() {
        return db.psql("select datname from pg_database").lines().toList();
    }
}
