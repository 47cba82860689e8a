package io.statefulkit;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.job.ImportResult;
import io.statefulkit.manifest.JobPlan;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.job.BackupCron;
import io.statefulkit.spec.job.BackupJob;
import io.statefulkit.spec.job.CsvImport;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.job.SqlCron;
import io.statefulkit.spec.job.SqlJob;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.testing.JobRuns;
import io.statefulkit.testing.SharedCluster;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Dumps, imports, migrations and schedules of a real server, as jobs that find it by the name of its Service. */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupsAndJobsIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final StatefulPostgres spec = StatefulPostgres.named("vault")
            .withImage("postgres:15-bookworm")
            .withDatabase("vault")
            .appUser("clerk")
            .withVolumeClaimTemplate("1Gi")
            .withSidecarBackup(SidecarBackup.every(Duration.ofHours(1)).keep(2))
            .withBackupCron(BackupCron.cron("0 3 1 1 *").named("nightly").keep(2))
            .withCron(SqlCron.named("tidy")
                    .cron("0 4 1 1 *")
                    .zone("Europe/Berlin")
                    .sql("delete from chore where done")
                    .destructive());

    private StatefulKit kit;
    private PostgresHandle db;
    private JobRuns jobs;

    @BeforeAll
    void deploy() {
        SharedCluster.assumeProgram("pg_dump");
        SharedCluster.assumeProgram("psql");
        kit = SharedCluster.kit("backups");
        db = kit.deploy(spec);
        jobs = new JobRuns(spec, kit.namespace());
    }

    @Test
    void a_dump_is_made_and_read_back_beside_the_server_at_once() {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(log("vault-0", "backup")).contains("backup ok vault-"));
    }

    @Test
    void the_application_has_a_user_without_special_rights() {
        assertThat(db.psql("select rolsuper from pg_roles where rolname = 'clerk'"))
                .contains("f");
        assertThat(db.psql("select pg_get_userbyid(datdba) from pg_database where datname = 'vault'"))
                .contains("clerk");
    }

    @Test
    void rows_are_imported_exactly_once_however_often_the_job_runs() {
        db.psql("create table todo(todo text)");
        CsvImport rows =
                CsvImport.into("todo").columns("todo").rows("Feed the cat", "a, \"b\"", "C:\\temp\\new", "\\.", "");

        String first = jobs.run(rows);
        jobs.delete(rows);
        String second = jobs.run(rows);

        assertThat(first).contains("COPY 5");
        assertThat(second).contains("already imported");
        assertThat(db.psql("select count(*), count(distinct todo) from todo")).contains("5|5");
        assertThat(db.psql("select count(*) from todo where todo in ('', 'C:\\temp\\new', '\\.')"))
                .contains("3");
    }

    @Test
    void more_rows_than_fit_into_a_config_map_go_through_standard_input() {
        db.psql("create table word(word text)");
        CsvImport many = CsvImport.into("word")
                .columns("word")
                .csv(IntStream.range(0, 60_000)
                        .mapToObj("the word number %08d\n"::formatted)
                        .collect(joining()));

        assertThat(many.large()).isTrue();
        assertThatThrownBy(() -> JobPlan.of(spec, many)).hasMessageContaining("send them through standard input");
        assertThat(db.runImport(many)).isEqualTo(new ImportResult(60_000, false));
        assertThat(db.runImport(many)).isEqualTo(new ImportResult(0, true));

        assertThat(db.psql("select count(*), count(distinct word) from word")).contains("60000|60000");
    }

    @Test
    void a_migration_runs_in_one_transaction() {
        jobs.run(SqlJob.named("schema").sql("create table part(id int primary key); insert into part values (7);"));
        SqlJob broken = SqlJob.named("broken").sql("create table half(id int); select 1/0;");
        jobs.start(broken);
        String failure = jobs.awaitFailure(broken);

        assertThat(db.psql("select id from part")).contains("7");
        assertThat(failure).contains("division by zero");
        assertThat(db.psql("select to_regclass('half')")).isBlank();
        jobs.delete(broken);
    }

    /** As when its pod dies after the commit, and the cluster has not heard how it ended. */
    @Test
    void sql_that_is_to_run_once_does_nothing_when_it_is_tried_again() {
        db.psql("create table ledger(amount int)");
        SqlJob booking =
                SqlJob.named("booking").sql("insert into ledger values (7)").once();

        jobs.run(booking);
        jobs.delete(booking);

        assertThat(jobs.run(booking)).contains("already done");
        assertThat(db.psql("select sum(amount) from ledger")).contains("7");
    }

    @Test
    void a_dump_can_be_made_by_a_job_onto_a_claim_of_its_own() {
        assertThat(jobs.run(BackupJob.named("before-upgrade").on(Claim.named("keep-it"))))
                .contains("backup ok vault-");
    }

    @Test
    void schedules_run_what_they_are_for() {
        db.psql("create table chore(done boolean); insert into chore values (true), (true), (false)");

        assertThat(jobs.trigger("vault-tidy")).contains("DELETE 2");
        assertThat(jobs.trigger("vault-nightly")).contains("backup ok vault-");

        assertThat(db.psql("select count(*) from chore")).contains("1");
    }

    private String log(String pod, String container) {
        return SharedCluster.client()
                .pods()
                .inNamespace(kit.namespace())
                .withName(pod)
                .inContainer(container)
                .getLog();
    }
}
