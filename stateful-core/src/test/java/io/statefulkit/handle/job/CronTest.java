package io.statefulkit.handle.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CronTest {

    private static final String CREATED = "2026-11-30T10:00:07Z";

    @Test
    void a_run_was_due_in_the_minute_that_its_name_ends_with() {
        assertThat(Cron.run("orders-sweep", job("orders-sweep-29933280")))
                .isEqualTo(new CronRun("orders-sweep-29933280", Instant.parse("2026-11-30T00:00:00Z"), "Complete"));
    }

    @Test
    void a_run_that_somebody_has_started_under_another_name_was_due_when_it_was_made() {
        for (String name : new String[] {"mine", "orders-sweep", "orders-sweep-now-abcde", "orders-sweep-2"}) {
            assertThat(Cron.run("orders-sweep", job(name)))
                    .isEqualTo(new CronRun(name, Instant.parse(CREATED), "Complete"));
        }
    }

    @Test
    void a_run_without_a_condition_is_under_way() {
        Job begun =
                new JobBuilder(job("orders-sweep-29933280")).withStatus(null).build();

        assertThat(Cron.run("orders-sweep", begun).state()).isEqualTo("Running");
    }

    private static Job job(String name) {
        return new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withCreationTimestamp(CREATED)
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("SuccessCriteriaMet")
                .withStatus("True")
                .endCondition()
                .addNewCondition()
                .withType("Complete")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }
}
