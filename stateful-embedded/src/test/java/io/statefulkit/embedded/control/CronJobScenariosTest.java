package io.statefulkit.embedded.control;

import static io.statefulkit.embedded.api.ResourceCatalog.CRON_JOBS;
import static io.statefulkit.embedded.api.ResourceCatalog.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.control.FakeNode.Fate;
import io.statefulkit.embedded.control.loop.Resource;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CronJobScenariosTest {

    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    private static String cron(String more) {
        return """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: clean}
                spec:
                  schedule: "*/1 * * * *"
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          restartPolicy: OnFailure
                          containers:
                          - {name: app, image: "busybox:1.37"}
                %s
                """.formatted(more.indent(2));
    }

    @Test
    void each_minute_starts_a_job_named_after_the_minute() {
        cluster.node.decide(pod -> Fate.SUCCEEDS);
        cluster.create(cron("successfulJobsHistoryLimit: 1"));
        assertThat(cluster.names(JOBS)).isEmpty();

        cluster.untilAfter(Duration.ofMinutes(1), "first job", () -> completed("clean-29455385"));
        cluster.untilAfter(Duration.ofMinutes(1), "second job", () -> completed("clean-29455386"));

        cluster.until("only the last is kept", () -> cluster.names(JOBS).equals(java.util.List.of("clean-29455386")));
        Resource cron = cluster.get(CRON_JOBS, "clean");
        assertThat(cron.status().path("lastScheduleTime").asText()).isEqualTo("2026-01-02T03:06:00Z");
        cluster.until(
                "events",
                () -> cluster.events("CronJob", "clean")
                        .contains("SawCompletedJob: Saw completed job: clean-29455386, condition: Complete"));
        assertThat(cluster.get(JOBS, "clean-29455386").annotation("batch.kubernetes.io/cronjob-scheduled-timestamp"))
                .isEqualTo("2026-01-02T03:06:00Z");
    }

    @Test
    void forbid_skips_a_time_while_a_job_still_runs() {
        cluster.create(cron("concurrencyPolicy: Forbid"));
        cluster.untilAfter(
                Duration.ofMinutes(1), "first job", () -> cluster.names(JOBS).size() == 1);

        cluster.untilAfter(
                Duration.ofMinutes(1),
                "skipped",
                () -> cluster.events("CronJob", "clean").stream()
                        .anyMatch(event -> event.startsWith("JobAlreadyActive")));

        assertThat(cluster.names(JOBS)).hasSize(1);
    }

    @Test
    void replace_stops_the_job_that_still_runs() {
        cluster.create(cron("concurrencyPolicy: Replace"));
        cluster.untilAfter(
                Duration.ofMinutes(1), "first job", () -> cluster.names(JOBS).contains("clean-29455385"));

        cluster.untilAfter(
                Duration.ofMinutes(1),
                "second job",
                () -> cluster.names(JOBS).equals(java.util.List.of("clean-29455386")));
    }

    @Test
    void a_suspended_cron_job_starts_nothing_but_can_be_triggered() {
        cluster.create(cron("suspend: true"));

        String job = cluster.controllers().triggerCronJob(TestCluster.NAMESPACE, "clean");

        assertThat(job).startsWith("clean-manual-");
        cluster.until(
                "runs", () -> cluster.get(JOBS, job).status().path("ready").asInt() == 1);
        cluster.time.advance(Duration.ofMinutes(3));
        assertThat(cluster.names(JOBS)).containsExactly(job);
    }

    private boolean completed(String job) {
        return cluster.find(JOBS, job).filter(found -> found.is("Complete")).isPresent();
    }
}
