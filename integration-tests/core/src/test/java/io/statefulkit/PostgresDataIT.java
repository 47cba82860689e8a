package io.statefulkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.statefulkit.embedded.Faults;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.backup.Backup;
import io.statefulkit.handle.backup.BackupException;
import io.statefulkit.handle.backup.Restored;
import io.statefulkit.handle.backup.Verified;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.handle.connection.Login;
import io.statefulkit.handle.job.Cron;
import io.statefulkit.handle.job.CronRun;
import io.statefulkit.handle.job.ImportResult;
import io.statefulkit.handle.job.JobFailedException;
import io.statefulkit.handle.job.JobResult;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.job.CsvImport;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.job.SqlCron;
import io.statefulkit.spec.job.SqlJob;
import io.statefulkit.testing.CutBackup;
import io.statefulkit.testing.SharedCluster;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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
        Cron cron = db.schedule(SqlCron.named("sweep").cron("0 3 1 1 *").sql("select 'swept ' || 6 * 7"));
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

        JobResult now = cron.runNow();
        assertThat(now.log()).anyMatch(line -> line.contains("swept 42"));
        assertThat(cron.runs()).extracting(CronRun::job).contains(now.job());
        db.deleteJob(now);

        CronRun run = await().atMost(Duration.ofMinutes(2))
                .until(() -> cron.runs().get(0), one -> one.state().equals("Complete"));
        assertThat(cron.runs())
                .containsExactly(
                        new CronRun(cron.name() + "-29000000", Instant.ofEpochSecond(29000000L * 60), "Complete"));
        assertThat(cron.logs(run)).anyMatch(line -> line.contains("swept 42"));
        cron.delete();
        assertThatThrownBy(cron::runNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void a_backup_is_restored_beside_the_database_and_takes_its_place() {
        db.psql("create table notes (text text); insert into notes values ('before');"
                + " create role keeper; alter database lists owner to keeper");
        Backup backup = db.backupNow();
        assertThat(backup.sha256()).hasSize(64);
        assertThat(db.backups()).contains(backup);
        db.psql("truncate notes; insert into notes values ('after')");

        Verified verified = db.verifyBackup(backup);
        assertThat(verified.backup()).isEqualTo(backup);
        assertThat(verified.tables()).isPositive();
        assertThat(verified.rows()).isPositive();
        assertThat(db.psql("select text from notes")).isEqualTo("after");
        String abandoned = "statefulkit_restore_1";
        String busy = "statefulkit_restore_" + System.currentTimeMillis();
        db.psql("create database " + abandoned);
        db.psql("create database " + busy);
        Restored restored = db.restore(backup);

        assertThat(db.psql("select text from notes")).isEqualTo("before");
        assertThat(db.psql("select attname from pg_stats where tablename = 'notes'"))
                .as("a table too small for autovacuum")
                .isEqualTo("text");
        assertThat(db.psql("select pg_get_userbyid(datdba) from pg_database where datname = 'lists'"))
                .isEqualTo("keeper");
        assertThat(databases()).contains(busy).doesNotContain(abandoned);
        db.psql("drop database " + busy);
        assertThat(databases()).contains("lists", restored.oldDatabase());
        restored.dropOld();
        assertThat(databases()).contains("lists").doesNotContain(restored.oldDatabase());
        assertThat(databases()).noneMatch(name -> name.startsWith("statefulkit_"));
    }

    /** Of the database itself: encoding, settings, rights, comment; and roles, which are in no dump of a database at all. */
    @Test
    void what_belongs_to_a_database_and_not_into_it_comes_back_with_it() {
        db.psql(
                "create role peon; create role reader; create role gone login; grant reader to gone; create role leaver");
        beside(
                "alter database lists rename to lists_kept",
                "create database lists template template0 encoding 'LATIN1' locale 'C' owner gone");
        try {
            db.psql("create table words (word text); insert into words values ('Größe'); grant select on words to gone;"
                    + " alter database lists set work_mem = '7MB'; alter role gone in database lists set work_mem = '9MB';"
                    + " revoke temporary on database lists from public; grant create on database lists to reader;"
                    + " comment on database lists is 'it''s\nours'; alter database lists connection limit 77");
            Backup backup = db.backupNow();
            db.psql(
                    "alter database lists owner to postgres; drop owned by gone, reader; drop role gone, reader, leaver");
            beside("drop database lists", "create database lists");

            Restored restored = db.restore(backup);

            assertThat(restored.remarks())
                    .containsExactly("roles were missing and have been made again, without passwords, which no dump"
                            + " has: gone, reader");
            assertThat(db.psql("select pg_get_userbyid(datdba), pg_encoding_to_char(encoding), datcollate,"
                            + " datconnlimit, shobj_description(oid, 'pg_database') from pg_database where datname ="
                            + " 'lists'"))
                    .isEqualTo("gone|LATIN1|C|77|it's\nours");
            assertThat(db.psql("show work_mem; select word from words")).isEqualTo("7MB\nGröße");
            assertThat(
                            db.psql(
                                    "select has_database_privilege('reader', 'lists', 'create'),"
                                            + " has_database_privilege('peon', 'lists', 'temporary'),"
                                            + " pg_has_role('gone', 'reader', 'member'), has_table_privilege('gone', 'words', 'select')"))
                    .isEqualTo("t|f|t|t");
            assertThat(db.psql("select setconfig from pg_db_role_setting where setrole = 'gone'::regrole"))
                    .isEqualTo("{work_mem=9MB}");
            assertThat(db.psql("select count(*) from pg_roles where rolname = 'leaver'"))
                    .isEqualTo("0");
            restored.dropOld();
        } finally {
            beside(
                    "drop database if exists lists",
                    "alter database lists_kept rename to lists",
                    "drop role if exists gone, reader, peon");
        }
    }

    @Test
    void a_database_that_others_are_made_from_is_restored_and_the_one_before_it_dropped() {
        db.psql("alter database lists is_template true");
        try {
            Restored restored = db.restore(db.backupNow());

            assertThat(db.psql("select datistemplate from pg_database where datname = 'lists'"))
                    .isEqualTo("t");
            restored.dropOld();
            assertThat(databases()).contains("lists").doesNotContain(restored.oldDatabase());
        } finally {
            db.psql("alter database lists is_template false");
        }
    }

    @Test
    void a_role_that_is_in_no_file_of_roles_is_named_and_a_dump_without_such_a_file_can_be_proved() {
        db.psql("create role passer; create table passed (n int); grant select on passed to passer");
        Backup backup = db.backupNow();
        db.exec(0, "backup", List.of("sh", "-c", "rm \"$BACKUP_DIR/" + backup.file() + ".globals.sql\""))
                .orThrow();
        db.psql("drop owned by passer; drop role passer");

        assertThat(db.verifyBackup(backup).tables()).isPositive();
        assertThatThrownBy(() -> db.restore(backup))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("role \"passer\" does not exist")
                .hasMessageEndingWith(
                        "do: create role \"passer\", if it is to have what the dump says, and restore again");

        db.psql("create role passer");
        db.restore(backup).dropOld();
        assertThat(db.psql("select has_table_privilege('passer', 'passed', 'select')"))
                .isEqualTo("t");
        db.psql("drop owned by passer; drop role passer; drop table passed");
    }

    /** In another database, since a database cannot be renamed from inside; nobody may be connected. */
    private void beside(String... statements) {
        List<String> command = new ArrayList<>(List.of("psql", "-X", "-v", "ON_ERROR_STOP=1", "-U", "postgres"));
        command.addAll(List.of("-d", "template1", "-c"));
        command.add("select pg_terminate_backend(pid) from pg_stat_activity where datname like 'lists%'");
        for (String statement : statements) {
            command.addAll(List.of("-c", statement));
        }
        db.exec(command.toArray(String[]::new)).orThrow();
    }

    @Test
    void a_backup_that_was_cut_in_half_is_refused_and_the_database_stays_as_it_is() {
        db.psql("create table cut (n int); insert into cut select generate_series(1, 50000)");
        Backup whole = db.backupNow();
        Backup cut = CutBackup.half(db, whole);
        String half = cut.file();

        assertThatThrownBy(() -> db.verifyBackup(cut)).isInstanceOf(BackupException.class);
        assertThatThrownBy(() -> db.restore(cut))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(half)
                .hasMessageContaining("cannot be used");
        assertThatThrownBy(() -> db.restore(new Backup(whole.file(), whole.made(), whole.bytes(), "0".repeat(64))))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("its hash has changed");
        assertThatThrownBy(() -> db.restore(new Backup(half, whole.made(), whole.bytes(), whole.sha256())))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("its size has changed");
        assertThatThrownBy(() -> db.restore(new Backup(whole.file(), whole.made(), 1L << 60, whole.sha256())))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("1152921504606846976 bytes are needed, but the volume has only")
                .hasMessageContaining("expandVolumes(..)");

        assertThat(databases()).noneMatch(name -> name.startsWith("statefulkit_restore"));
        assertThat(db.psql("select count(*) from cut")).isEqualTo("50000");
        db.exec(0, "backup", List.of("sh", "-c", "rm -f \"$BACKUP_DIR\"/" + half))
                .orThrow();
    }

    @Test
    void two_dumps_at_the_same_time_do_not_disturb_each_other() throws Exception {
        CompletableFuture<Backup> one = CompletableFuture.supplyAsync(db::backupNow);
        CompletableFuture<Backup> other = CompletableFuture.supplyAsync(db::backupNow);

        assertThat(one.get(5, TimeUnit.MINUTES).file())
                .isNotEqualTo(other.get(5, TimeUnit.MINUTES).file());
        assertThat(db.backups()).contains(one.get(), other.get());
    }

    @Test
    void a_volume_that_takes_no_more_costs_no_dump_that_is_good() {
        db.psql("create table bulky as select md5(n::text) from generate_series(1, 20000) n");
        Backup good = db.backupNow();

        ExecResult full = db.exec(
                0,
                "backup",
                List.of("sh", "-c", "ulimit -f 16; BACKUP_INTERVAL=0 exec sh /etc/statefulkit/backup/backup.sh"));

        assertThat(full.exitCode()).isNotZero();
        assertThat(full.stderr()).contains("backup FAILED");
        assertThat(db.backups()).contains(good);
        assertThat(db.exec(0, "backup", List.of("sh", "-c", "ls -a \"$BACKUP_DIR\""))
                        .stdout())
                .doesNotContain(".partial");
    }

    @Test
    void a_server_that_dies_in_the_middle_of_a_restore_an_import_and_a_backup_loses_nothing() throws Exception {
        Faults faults = SharedCluster.faults("the server is killed from outside of its container");
        db.psql("create function slow() returns boolean language sql as $$ select pg_sleep(case when current_database()"
                + " like 'statefulkit_restore%' then 600 else 0 end) is not null $$;"
                + " create table patient (n int check (slow())); insert into patient values (1)");
        Backup backup = db.backupNow();
        db.psql("insert into patient values (2); create table gate (open bool);"
                + " create function gated() returns boolean language sql as $$ select exists (select from gate) or"
                + " pg_sleep(600) is null $$; create table guest (n int check (gated()))");
        CsvImport guests = CsvImport.into("guest").columns("n").rows("1", "2", "3");
        var restoring = CompletableFuture.supplyAsync(() -> db.restore(backup));
        var importing = CompletableFuture.supplyAsync(() -> db.runImport(guests));
        awaitActivity("datname like 'statefulkit_restore%' and query like 'COPY%'");
        awaitActivity("datname = 'lists' and lower(query) like '%copy%guest%' and pid <> pg_backend_pid()");
        var locking = CompletableFuture.supplyAsync(
                () -> db.psql("begin; lock table patient in access exclusive mode; select pg_sleep(600)"));
        awaitActivity("query = 'select pg_sleep(600)' and wait_event = 'PgSleep'");
        var dumping = CompletableFuture.supplyAsync(db::backupNow);
        awaitActivity("application_name = 'pg_dump' and wait_event_type = 'Lock'");

        faults.kill(db.namespace(), db.name() + "-0", "postgres");

        for (CompletableFuture<?> operation : List.of(restoring, importing, locking, dumping)) {
            assertThatThrownBy(() -> operation.get(3, TimeUnit.MINUTES)).isInstanceOf(ExecutionException.class);
        }
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                db.psql("select n from patient order by n").lines())
                        .containsExactly("1", "2"));
        db.awaitReady();
        assertThat(db.psql("select count(*) from guest")).isEqualTo("0");
        db.psql("insert into gate values (true)");
        assertThat(db.runImport(guests)).isEqualTo(new ImportResult(3, false));
        assertThat(db.backups()).contains(backup);
        assertThat(inSidecar("ls -a \"$BACKUP_DIR\"")).doesNotContain(".partial");
        db.psql("drop table patient, guest, gate; drop function slow(); drop function gated()");
        databases().stream()
                .filter(name -> name.startsWith("statefulkit_restore"))
                .forEach(name -> db.psql("drop database \"" + name + "\""));
    }

    @Test
    void dumps_are_listed_and_proved_while_no_pod_runs() {
        Backup backup = db.backupNow();

        db.hibernate().await();
        try {
            assertThat(db.backups()).contains(backup);
            assertThat(db.verifyBackup(backup).backup()).isEqualTo(backup);
        } finally {
            db.wake().await();
        }
        assertThat(db.backups()).contains(backup);
    }

    /** A session that does not end keeps the two databases from changing their names; then the pod dies. */
    @Test
    void a_server_that_dies_while_names_change_lets_clients_in_again() {
        db.psql("create table swapped (n int); insert into swapped values (1)");
        Backup backup = db.backupNow();
        db.psql("insert into swapped values (2)");
        var staying = CompletableFuture.supplyAsync(() -> db.psql("select pg_sleep(601)"));
        awaitActivity("query = 'select pg_sleep(601)' and wait_event = 'PgSleep'");
        String session = db.psql("select pid from pg_stat_activity where query = 'select pg_sleep(601)'");
        db.exec("sh", "-c", "kill -STOP " + session).orThrow();
        var restoring = CompletableFuture.supplyAsync(() -> db.restore(backup));
        String closed =
                "psql -XAt -U \"${POSTGRES_USER:-postgres}\" -d template1 -c \"select datallowconn from pg_database"
                        + " where datname = 'lists'\"";
        await().atMost(Duration.ofMinutes(1))
                .until(() -> db.exec("sh", "-c", closed).stdout(), "f\n"::equals);

        SharedCluster.client()
                .pods()
                .inNamespace(db.namespace())
                .withName(db.name() + "-0")
                .withGracePeriod(1)
                .delete();

        assertThat(restoring).failsWithin(Duration.ofMinutes(3));
        assertThat(staying).failsWithin(Duration.ofMinutes(1));
        db.awaitReady();
        assertThat(db.psql("select n from swapped order by n").lines()).containsExactly("1", "2");
        assertThat(databases()).contains("lists").noneMatch(name -> name.startsWith("statefulkit_restore"));
        db.restore(backup).dropOld();
        assertThat(db.psql("select n from swapped")).isEqualTo("1");
    }

    private void awaitActivity(String condition) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(db.psql("select datname, " + condition
                                + ", wait_event, query from pg_stat_activity where backend_type = 'client backend'"))
                        .contains("|t|"));
    }

    /** Fails after server and Secret have been changed: a server that lets everybody in does not need the new password. */
    @Test
    void a_rotation_that_fails_half_way_puts_the_old_password_back() {
        Login before = db.login();
        db.exec("sh", "-c", "sed -i '1i host all all all trust' \"$PGDATA/pg_hba.conf\"")
                .orThrow();
        db.psql("select pg_reload_conf()");

        assertThatThrownBy(() -> db.rotatePassword("another one"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("still opens it over the network")
                .hasMessageContaining("pg_hba.conf");

        db.exec("sh", "-c", "sed -i 1d \"$PGDATA/pg_hba.conf\"").orThrow();
        db.psql("select pg_reload_conf()");
        assertThat(db.login()).isEqualTo(before);
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> db.checkLogin());
    }

    @Test
    void a_password_of_any_characters_replaces_the_one_before_everywhere() throws SQLException {
        Login before = db.login();
        String odd = "a:b\\c'd \"e\" $f%g";

        db.rotatePassword(odd);

        assertThat(db.login().password()).isEqualTo(odd);
        try (JdbcForward forward = db.forwardJdbc();
                Connection connection = forward.dataSource().getConnection()) {
            assertThat(connection.isValid(10)).isTrue();
            assertThatThrownBy(() -> forward.dataSource().getConnection(before.user(), before.password()))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(db.clientPod("psql", "-XAtc", "select 6 * 7").orThrow().stdout())
                .isEqualTo("42\n");
        assertThat(db.backupNow().sha256()).hasSize(64);
        assertThatThrownBy(() -> db.rotatePassword("two\nlines")).isInstanceOf(IllegalArgumentException.class);
        assertThat(db.login().password()).isEqualTo(odd);
    }

    @Test
    void a_client_pod_ends_with_its_command_and_leaves_nothing() {
        ExecResult result = db.clientPod("sh", "-c", "echo out; echo err >&2; exit 7");

        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.stdout()).contains("out\n", "err\n");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> SharedCluster.client().pods().inNamespace(db.namespace()).list().getItems().stream()
                        .noneMatch(pod -> pod.getMetadata().getName().contains("-client-")));
    }

    @Test
    void sql_runs_once_as_a_job() {
        SqlJob job = SqlJob.named("schema").sql("create table part (id int); insert into part values (7)");

        JobResult first = db.runSql(job);
        JobResult second = db.runSql(job);

        assertThat(first.before()).isFalse();
        assertThat(second).isEqualTo(new JobResult(first.job(), first.log(), true));
        assertThat(db.psql("select id from part")).isEqualTo("7");
    }

    @Test
    void rows_are_imported_by_a_job_and_the_mark_outlives_the_job() {
        db.psql("create table marks (n int)");
        CsvImport rows = CsvImport.into("marks").columns("n").rows("1", "2", "3");

        JobResult first = db.runJob(rows);
        JobResult second = db.runJob(rows);
        db.deleteJob(first);
        assertThat(SharedCluster.client()
                        .pods()
                        .inNamespace(db.namespace())
                        .withLabel("job-name", first.job())
                        .list()
                        .getItems())
                .isEmpty();
        JobResult third = db.runJob(rows);

        assertThat(first.log()).contains("COPY 3");
        assertThat(second).isEqualTo(new JobResult(first.job(), first.log(), true));
        assertThat(third).isEqualTo(new JobResult(first.job(), List.of("already imported"), false));
        assertThat(db.psql("select count(*) from marks")).isEqualTo("3");
        db.deleteJob(third);
        var files = SharedCluster.client().configMaps().inNamespace(db.namespace());
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(files.withName(third.job()).get())
                        .as("what the job read goes with it")
                        .isNull());
        assertThatThrownBy(() -> db.runJob(SqlCron.named("daily").sql("select 1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is a schedule");
    }

    @Test
    void a_job_that_somebody_deletes_is_told() {
        CompletableFuture<JobResult> running = CompletableFuture.supplyAsync(
                () -> db.runSql(SqlJob.named("endless").sql("select pg_sleep(300)")));
        var jobs = SharedCluster.client().batch().v1().jobs().inNamespace(db.namespace());
        String name = await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> jobs.list().getItems().stream()
                                .map(job -> job.getMetadata().getName())
                                .filter(one -> one.contains("endless"))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();

        jobs.withName(name)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();

        assertThatThrownBy(() -> running.get(1, TimeUnit.MINUTES))
                .hasCauseInstanceOf(JobFailedException.class)
                .hasMessageContaining("was deleted");
    }

    private String inSidecar(String command) {
        return db.exec(0, "backup", List.of("sh", "-c", command)).orThrow().stdout();
    }

    private List<String> databases() {
        return db.psql("select datname from pg_database").lines().toList();
    }
}
