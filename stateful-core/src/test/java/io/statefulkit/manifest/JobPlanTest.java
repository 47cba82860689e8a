package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.StatefulWorkload;
import io.statefulkit.spec.job.BackupJob;
import io.statefulkit.spec.job.CsvImport;
import io.statefulkit.spec.job.SqlCron;
import io.statefulkit.spec.job.SqlJob;
import io.statefulkit.spec.job.StatefulJob;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobPlanTest {

    private static final StatefulMySql SHOP =
            StatefulMySql.named("shop").withImage("mysql:8.4.6").withVolumeClaimTemplate("10Gi");

    @Test
    void mysql_takes_an_empty_value_for_null_unless_it_is_in_quotes() {
        CsvImport rows = CsvImport.into("item").columns("name", "price").csv("apple,\n\"\",\"2\"\n");

        assertThat(sql(rows))
                .contains("insert into item(name, price) values ('apple', null);")
                .contains("insert into item(name, price) values ('', '2');");
    }

    @Test
    void a_row_after_text_without_a_last_line_break_is_a_row_of_its_own() {
        CsvImport rows =
                CsvImport.into("item").columns("name", "price").csv("apple,1").row("pear", "2");

        assertThat(rows.csv()).isEqualTo("apple,1\n\"pear\",\"2\"\n");
    }

    /** It would end the data there, and the rows after it would be missing without a word. */
    @Test
    void rows_that_psql_would_not_read_to_their_end_are_refused() {
        StatefulPostgres server = StatefulPostgres.named("shop")
                .withImage("postgres:17.6-bookworm")
                .withVolumeClaimTemplate("1Gi");
        CsvImport into = CsvImport.into("item").columns("name");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobPlan.of(server, into.csv("apple\n\\.\npear\n")))
                .withMessageContaining("the rows for item have a line that is nothing but \\.");
        assertThatIllegalArgumentException().isThrownBy(() -> JobPlan.importCommand(into.rows("two\n\\.\nlines")));
        assertThat(JobPlan.importCommand(into.rows("\\.", "a\\.\nb"))).contains("psql");
    }

    /** Without a word about it the client of MariaDB takes them for Latin-1 in a container, and stores something else. */
    @Test
    void characters_are_utf_8_for_every_client() {
        CsvImport rows = CsvImport.into("item").columns("name").rows("Größe");

        assertThat(script(JobPlan.of(SHOP, rows))).contains("--default-character-set=utf8mb4");
        assertThat(script(JobPlan.of(SHOP, SqlJob.named("size").sql("select 'Größe'"))))
                .contains("--default-character-set=utf8mb4");
        assertThat(JobPlan.importCommand(rows)).last().asString().endsWith("(format csv, encoding 'UTF8')");
    }

    /** Other SQL is another job, also under the same name. */
    @Test
    void sql_that_is_to_run_once_leaves_a_mark_in_its_transaction() {
        SqlJob once = SqlJob.named("tidy").sql("delete from item").once();

        assertThat(script(JobPlan.of(SHOP, SqlJob.named("tidy").sql("delete from item"))))
                .doesNotContain("statefulkit_job");
        assertThat(script(JobPlan.of(SHOP, once)))
                .contains("; cat \"$STATEFULKIT_SQL\"; echo; echo ';'\n  echo \"insert into")
                .isNotEqualTo(script(JobPlan.of(SHOP, once.sql("delete from item where price = 0"))));
    }

    private static String script(JobPlan plan) {
        return plan.resources().stream()
                .filter(Job.class::isInstance)
                .map(job -> ((Job) job)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0))
                .map(container -> String.join(" ", container.getCommand()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_server_that_nothing_is_known_about_cannot_have_jobs() {
        StatefulWorkload program = StatefulWorkload.named("search").withImage("example.org/search:1.0");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobPlan.of(program, SqlJob.named("tidy").sql("select 1")))
                .withMessage("nothing is known about clients of 'search'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobPlan.of(program, BackupJob.named("now")))
                .withMessage("nothing is known about clients of 'search'");
    }

    @Test
    void a_job_may_take_an_hour_or_as_long_as_its_author_says() {
        Duration night = Duration.ofHours(9);

        assertThat(deadline(SqlJob.named("tidy").sql("select 1"))).isEqualTo(3600);
        assertThat(deadline(SqlJob.named("tidy").deadline(night).sql("select 1")))
                .isEqualTo(32_400);
        assertThat(deadline(
                        CsvImport.into("item").columns("name").deadline(night).rows("apple")))
                .isEqualTo(32_400);
        assertThat(Plan.of(SHOP.withCron(SqlCron.named("tidy").sql("select 1").deadline(night)))
                        .toYaml())
                .contains("activeDeadlineSeconds: 32400");
    }

    private static long deadline(StatefulJob job) {
        return JobPlan.of(SHOP, job).resources().stream()
                .filter(Job.class::isInstance)
                .map(object -> ((Job) object).getSpec().getActiveDeadlineSeconds())
                .findFirst()
                .orElseThrow();
    }

    private static String sql(CsvImport rows) {
        return JobPlan.of(SHOP, rows).resources().stream()
                .filter(ConfigMap.class::isInstance)
                .map(map -> ((ConfigMap) map).getData().get("import.sql"))
                .findFirst()
                .orElseThrow();
    }
}
