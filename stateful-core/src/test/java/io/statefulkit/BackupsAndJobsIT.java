package io.statefulkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.manifest.JobPlan;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.job.CsvImport;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.job.SqlJob;
import io.statefulkit.spec.job.StatefulJob;
import io.statefulkit.testing.SharedCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Dumps, imports and migrations of a real server, by the scripts that are rendered. */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupsAndJobsIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final StatefulPostgres spec = StatefulPostgres.named("vault")
            .withImage("postgres:15-bookworm")
            .withDatabase("shop")
            .appUser("clerk")
            .withVolumeClaimTemplate("1Gi")
            .withSidecarBackup(SidecarBackup.every(Duration.ofHours(1)).keep(2));

    private StatefulKit kit;
    private PostgresHandle db;

    @BeforeAll
    void deploy() {
        assumeThat(installed("pg_dump") && installed("psql"))
                .as("the clients pg_dump and psql are installed")
                .isTrue();
        kit = SharedCluster.kit("backups");
        db = kit.deploy(spec);
    }

    @Test
    void a_dump_is_made_and_read_back_beside_the_server_at_once() {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(log("vault-0", "backup")).contains("backup ok shop-"));
    }

    @Test
    void the_application_has_a_user_without_special_rights() {
        assertThat(db.psql("select rolsuper from pg_roles where rolname = 'clerk'"))
                .contains("f");
        assertThat(db.psql("select pg_get_userbyid(datdba) from pg_database where datname = 'shop'"))
                .contains("clerk");
    }

    @Test
    void rows_are_imported_exactly_once_however_often_the_job_runs() {
        db.psql("create table todo(todo text)");
        CsvImport rows =
                CsvImport.into("todo").columns("todo").rows("Feed the cat", "a, \"b\"", "C:\\temp\\new", "\\.", "");

        run(rows);
        String second = run(rows);

        assertThat(second).contains("already imported");
        assertThat(db.psql("select count(*), count(distinct todo) from todo")).contains("5|5");
        assertThat(db.psql("select count(*) from todo where todo in ('', 'C:\\temp\\new', '\\.')"))
                .contains("3");
    }

    @Test
    void a_migration_runs_in_one_transaction() {
        run(SqlJob.named("schema").sql("create table part(id int primary key); insert into part values (7);"));

        assertThat(db.psql("select id from part")).contains("7");
    }

    /** Runs what the job's container would, in the server's container, and returns its output. */
    private String run(StatefulJob job) {
        List<HasMetadata> objects = JobPlan.of(spec, job).resources();
        ConfigMap files = (ConfigMap) objects.get(0);
        Job object = (Job) objects.get(objects.size() - 1);
        Map.Entry<String, String> file = files.getData().entrySet().iterator().next();
        String script =
                "export PGUSER=\"$POSTGRES_USER\" PGDATABASE=\"$POSTGRES_DB\" STATEFULKIT_SQL=/tmp/%s\nprintf %%s %s >/tmp/%s\n%s"
                        .formatted(
                                file.getKey(),
                                "'" + file.getValue().replace("'", "'\\''") + "'",
                                file.getKey(),
                                object.getSpec()
                                        .getTemplate()
                                        .getSpec()
                                        .getContainers()
                                        .get(0)
                                        .getCommand()
                                        .get(2));
        return db.exec("sh", "-c", script).orThrow().stdout();
    }

    private String log(String pod, String container) {
        return SharedCluster.client()
                .pods()
                .inNamespace(kit.namespace())
                .withName(pod)
                .inContainer(container)
                .getLog();
    }

    private static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
