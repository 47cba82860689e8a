package io.statefulkit.embedded.control;

import static io.statefulkit.embedded.api.ResourceCatalog.CRON_JOBS;
import static io.statefulkit.embedded.api.ResourceCatalog.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.control.FakeNode.Fate;
import io.statefulkit.embedded.control.loop.Resource;
import java.time.Duration;
import java.util.List;
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

        cluster.until("only the last is kept", () -> cluster.names(JOBS).equals(List.of("clean-29455386")));
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
                Duration.ofMinutes(1), "second job", () -> cluster.names(JOBS).equals(List.of("clean-29455386")));
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

    @Test
    void a_schedule_is_read_in_its_time_zone() {
        cluster.create(cron("timeZone: America/New_York"));
        cluster.patch(CRON_JOBS, "clean", "{spec: {schedule: 0 23 * * *}}");

        cluster.untilAfter(
                Duration.ofHours(26), "a job", () -> cluster.names(JOBS).size() == 1);

        assertThat(cluster.list(JOBS).get(0).annotation("batch.kubernetes.io/cronjob-scheduled-timestamp"))
                .isEqualTo("2026-01-02T23:00:00-05:00");
        cluster.until(
                "noted",
                () -> cluster.get(CRON_JOBS, "clean")
                        .status()
                        .path("lastScheduleTime")
                        .asText()
                        .equals("2026-01-03T04:00:00Z"));
    }

    @Test
    void what_is_too_late_to_start_is_left_out_and_what_is_not_is_made_up_for() {
        cluster.create(cron("suspend: true\nstartingDeadlineSeconds: 30"));
        cluster.patch(CRON_JOBS, "clean", "{spec: {schedule: 0 * * * *}}");
        cluster.time.advance(Duration.ofMinutes(65));

        cluster.patch(CRON_JOBS, "clean", "{spec: {suspend: false}}");
        // The next run comes after the one that was missed: nothing was started for 04:00.
        cluster.untilAfter(
                Duration.ofMinutes(51), "the next", () -> cluster.names(JOBS).equals(List.of("clean-29455500")));
        cluster.patch(CRON_JOBS, "clean", "{spec: {suspend: true, startingDeadlineSeconds: null}}");
        cluster.time.advance(Duration.ofMinutes(65));
        cluster.patch(CRON_JOBS, "clean", "{spec: {suspend: false}}");

        cluster.until("the missed one", () -> cluster.names(JOBS).contains("clean-29455560"));
    }

    @Test
    void of_many_missed_times_only_the_last_one_counts() {
        cluster.create(cron("suspend: true"));
        cluster.time.advance(Duration.ofHours(3));

        cluster.patch(CRON_JOBS, "clean", "{spec: {suspend: false}}");

        cluster.untilEvent("CronJob", "clean", "TooManyMissedTimes: too many missed start times.");
        cluster.until("one job", () -> cluster.names(JOBS).equals(List.of("clean-29455564")));
    }

    @Test
    void failed_jobs_have_a_history_of_their_own() {
        cluster.node.decide(pod -> Fate.FAILS);
        cluster.create(cron("failedJobsHistoryLimit: 1"));
        cluster.patch(CRON_JOBS, "clean", "{spec: {jobTemplate: {spec: {backoffLimit: 0}}}}");
        cluster.untilAfter(Duration.ofMinutes(1), "first", () -> failed("clean-29455385"));
        cluster.untilAfter(Duration.ofMinutes(1), "second", () -> failed("clean-29455386"));

        cluster.until("only the last is kept", () -> cluster.names(JOBS).equals(List.of("clean-29455386")));
        cluster.untilEvent("CronJob", "clean", "SawCompletedJob: Saw completed job: clean-29455385, condition: Failed");
    }

    private boolean failed(String job) {
        return cluster.find(JOBS, job).filter(found -> found.is("Failed")).isPresent();
    }

    private boolean completed(String job) {
        return cluster.find(JOBS, job).filter(found -> found.is("Complete")).isPresent();
    }

    @Test
    void a_job_that_somebody_else_made_of_it_is_told_of_and_its_success_counts() {
        cluster.create(cron("suspend: true"));
        String job = cluster.controllers().triggerCronJob(TestCluster.NAMESPACE, "clean");
        cluster.untilEvent(
                "CronJob", "clean", "UnexpectedJob: Saw a job that the controller did not create or forgot: " + job);
        assertThat(cluster.get(CRON_JOBS, "clean").status().has("active")).isFalse();

        cluster.node.decide(pod -> Fate.SUCCEEDS);

        cluster.until("noted", () -> cluster.get(CRON_JOBS, "clean").status().has("lastSuccessfulTime"));
        assertThat(cluster.events("CronJob", "clean")).noneMatch(event -> event.startsWith("SawCompletedJob"));
    }
}
