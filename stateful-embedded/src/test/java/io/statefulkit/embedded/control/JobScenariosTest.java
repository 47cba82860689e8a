package io.statefulkit.embedded.control;

import static io.statefulkit.embedded.api.ResourceCatalog.JOBS;
import static io.statefulkit.embedded.api.ResourceCatalog.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.embedded.control.FakeNode.Fate;
import io.statefulkit.embedded.control.loop.Resource;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobScenariosTest {

    private static final String TRACKING = "batch.kubernetes.io/job-tracking";

    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    private static String job(String more) {
        return """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: work}
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers:
                  - {name: app, image: "busybox:1.37"}
            %s
            """.formatted(more.indent(2));
    }

    private void untilCondition(String type, String reason) {
        cluster.until(type + " " + reason, () -> {
            Resource job = cluster.get(JOBS, "work");
            return job.is(type) && job.condition(type).path("reason").asText().equals(reason);
        });
    }

    @Test
    void a_job_whose_pod_succeeds_is_complete() {
        cluster.node.decide(pod -> Fate.SUCCEEDS);
        cluster.create(job(""));

        untilCondition("Complete", "CompletionsReached");

        Resource job = cluster.get(JOBS, "work");
        assertThat(job.is("SuccessCriteriaMet")).isTrue();
        assertThat(job.status().path("succeeded").asInt()).isEqualTo(1);
        assertThat(job.status().has("active")).isFalse();
        assertThat(job.status().has("completionTime")).isTrue();
        assertThat(job.status().path("uncountedTerminatedPods").isEmpty()).isTrue();
        assertThat(cluster.list(PODS))
                .singleElement()
                .satisfies(pod -> assertThat(pod.hasFinalizer("batch.kubernetes.io/job-tracking"))
                        .isFalse());
        cluster.until("event", () -> cluster.events("Job", "work").contains("Completed: Job completed"));
    }

    @Test
    void a_job_is_deleted_some_time_after_its_end() {
        cluster.node.decide(pod -> Fate.SUCCEEDS);
        cluster.create(job("ttlSecondsAfterFinished: 4"));
        untilCondition("Complete", "CompletionsReached");

        cluster.untilAfter(
                Duration.ofSeconds(5),
                "deleted",
                () -> cluster.find(JOBS, "work").isEmpty());

        cluster.until("pods gone", () -> cluster.pods().isEmpty());
    }

    @Test
    void failed_pods_are_replaced_after_a_growing_pause_up_to_the_limit() {
        cluster.node.decide(pod -> Fate.FAILS);
        cluster.create(job("backoffLimit: 1"));
        cluster.until(
                "first failure",
                () -> cluster.get(JOBS, "work").status().path("failed").asInt() == 1);
        assertThat(cluster.pods()).hasSize(1);

        cluster.untilAfter(
                Duration.ofSeconds(11),
                "second failure",
                () -> cluster.get(JOBS, "work").status().path("failed").asInt() == 2);

        untilCondition("Failed", "BackoffLimitExceeded");
        assertThat(cluster.get(JOBS, "work").is("FailureTarget")).isTrue();
    }

    @Test
    void a_job_that_runs_too_long_fails_and_its_pods_are_stopped() {
        cluster.create(job("activeDeadlineSeconds: 30"));
        cluster.until(
                "runs", () -> cluster.get(JOBS, "work").status().path("ready").asInt() == 1);

        cluster.untilAfter(
                Duration.ofSeconds(31),
                "deadline",
                () -> cluster.get(JOBS, "work").is("Failed"));

        assertThat(cluster.get(JOBS, "work").condition("Failed").path("reason").asText())
                .isEqualTo("DeadlineExceeded");
        assertThat(cluster.get(JOBS, "work").status().path("failed").asInt()).isEqualTo(1);
        cluster.until("pods gone", () -> cluster.pods().isEmpty());
    }

    @Test
    void an_indexed_job_runs_each_index_once() {
        cluster.node.decide(pod -> Fate.SUCCEEDS);
        cluster.create(job("""
            completionMode: Indexed
            completions: 5
            parallelism: 2
            """));

        untilCondition("Complete", "CompletionsReached");

        Resource job = cluster.get(JOBS, "work");
        assertThat(job.status().path("completedIndexes").asText()).isEqualTo("0-4");
        assertThat(job.status().path("succeeded").asInt()).isEqualTo(5);
        assertThat(cluster.list(PODS))
                .extracting(pod -> pod.annotation("batch.kubernetes.io/job-completion-index"))
                .containsExactlyInAnyOrder("0", "1", "2", "3", "4");
        assertThat(cluster.list(PODS))
                .allSatisfy(pod -> assertThat(pod.spec().path("hostname").asText())
                        .isEqualTo("work-" + pod.annotation("batch.kubernetes.io/job-completion-index")));
    }

    @Test
    void a_suspended_job_has_no_pods_until_it_is_resumed() {
        cluster.create(job("suspend: true"));
        cluster.until("suspended", () -> cluster.get(JOBS, "work").is("Suspended"));
        assertThat(cluster.pods()).isEmpty();

        cluster.patch(JOBS, "work", "{spec: {suspend: false}}");
        cluster.until(
                "runs", () -> cluster.get(JOBS, "work").status().path("ready").asInt() == 1);
        cluster.patch(JOBS, "work", "{spec: {suspend: true}}");
        cluster.until("stopped", () -> cluster.pods().isEmpty());

        cluster.until("again", () -> cluster.get(JOBS, "work").is("Suspended"));
        assertThat(cluster.get(JOBS, "work").status().path("failed").asInt()).isZero();
    }

    @Test
    void deleting_a_job_in_the_background_deletes_its_pods() {
        cluster.create(job(""));
        cluster.until("runs", () -> cluster.pods().size() == 1);

        cluster.delete(JOBS, "work", "Background");

        cluster.until("all gone", () -> cluster.pods().isEmpty());
    }

    @Test
    void each_index_has_its_own_limit_and_the_job_fails_when_all_have_ended() {
        cluster.node.decide(
                pod -> pod.label("batch.kubernetes.io/job-completion-index").equals("1") ? Fate.FAILS : Fate.SUCCEEDS);
        cluster.create(job("completionMode: Indexed\ncompletions: 3\nparallelism: 3\nbackoffLimitPerIndex: 1"));
        cluster.until("index 1 failed once", () -> failures("1") == 1);
        assertThat(cluster.list(PODS))
                .filteredOn(pod -> pod.status().path("phase").asText().equals("Failed"))
                .as("it has to tell the next one how often its index failed")
                .allSatisfy(pod -> assertThat(pod.hasFinalizer(TRACKING)).isTrue());

        cluster.time.advance(Duration.ofSeconds(11));

        untilCondition("Failed", "FailedIndexes");
        Resource job = cluster.get(JOBS, "work");
        assertThat(job.status().path("completedIndexes").asText()).isEqualTo("0,2");
        assertThat(job.status().path("failedIndexes").asText()).isEqualTo("1");
        assertThat(job.status().path("failed").asInt()).isEqualTo(2);
        assertThat(cluster.list(PODS))
                .extracting(pod -> pod.annotation("batch.kubernetes.io/job-index-failure-count"))
                .containsExactlyInAnyOrder("0", "0", "0", "1");
    }

    private long failures(String index) {
        return cluster.list(PODS).stream()
                .filter(pod ->
                        pod.label("batch.kubernetes.io/job-completion-index").equals(index))
                .filter(pod -> pod.status().path("phase").asText().equals("Failed"))
                .count();
    }

    @Test
    void a_failure_policy_ends_the_job_at_its_first_hopeless_exit_code() {
        cluster.node.decide(pod -> Fate.FAILS);
        cluster.create(job("""
            podFailurePolicy:
              rules:
              - action: FailJob
                onExitCodes: {operator: In, values: [1]}
            """));

        untilCondition("Failed", "PodFailurePolicy");

        assertThat(cluster.pods()).hasSize(1);
        assertThat(cluster.get(JOBS, "work")
                        .condition("FailureTarget")
                        .path("message")
                        .asText())
                .matches("Container app for pod test/work-\\w{5} failed with exit code 1"
                        + " matching FailJob rule at index 0");
    }

    @Test
    void a_success_policy_ends_the_job_when_its_leader_has_succeeded() {
        cluster.node.decide(
                pod -> pod.label("batch.kubernetes.io/job-completion-index").equals("0")
                        ? Fate.SUCCEEDS
                        : Fate.RUNS_AND_IS_READY);
        cluster.create(job("completionMode: Indexed\ncompletions: 3\nparallelism: 3\n"
                + "successPolicy: {rules: [{succeededIndexes: '0'}]}"));

        untilCondition("Complete", "SuccessPolicy");

        Resource job = cluster.get(JOBS, "work");
        assertThat(job.condition("Complete").path("message").asText()).isEqualTo("Matched rules at index 0");
        assertThat(job.status().has("active")).isFalse();
        // Those that were stopped are nobody's failure.
        assertThat(job.status().has("failed")).isFalse();
    }

    @Test
    void while_a_new_pod_has_to_wait_none_is_said_to_be_active() {
        cluster.create(job("parallelism: 2\ncompletions: 2"));
        cluster.until(
                "two run",
                () -> cluster.get(JOBS, "work").status().path("ready").asInt() == 2);
        assertThat(cluster.get(JOBS, "work").status().path("active").asInt()).isEqualTo(2);
        String first = cluster.pods().get(0);

        cluster.node.decide(pod -> pod.name().equals(first) ? Fate.FAILS : Fate.RUNS_AND_IS_READY);

        cluster.until(
                "one failed",
                () -> cluster.get(JOBS, "work").status().path("failed").asInt() == 1);
        assertThat(cluster.get(JOBS, "work").status().has("active")).isFalse();
        assertThat(cluster.get(JOBS, "work").status().path("ready").asInt()).isEqualTo(1);
        cluster.untilAfter(
                Duration.ofSeconds(11),
                "two run again",
                () -> cluster.get(JOBS, "work").status().path("active").asInt() == 2);
    }

    @Test
    void pods_that_a_deleted_job_leaves_behind_can_be_deleted() {
        cluster.create(job(""));
        cluster.until("runs", () -> cluster.pods().size() == 1);
        String left = cluster.pods().get(0);

        cluster.delete(JOBS, "work", "Orphan");

        cluster.until("job is gone", () -> cluster.find(JOBS, "work").isEmpty());
        cluster.until("pod is nobody's", () -> {
            Resource pod = cluster.get(PODS, left);
            return pod.owners().isEmpty() && !pod.hasFinalizer(TRACKING);
        });
    }

    @Test
    void a_pod_whose_labels_no_longer_match_is_let_go_and_replaced() {
        cluster.create(job(""));
        cluster.until("runs", () -> cluster.pods().size() == 1);
        String first = cluster.pods().get(0);

        cluster.patch(PODS, first, "{metadata: {labels: {batch.kubernetes.io/controller-uid: other}}}");

        cluster.until("another runs", () -> cluster.pods().size() == 2);
        Resource pod = cluster.get(PODS, first);
        assertThat(pod.owners()).isEmpty();
        assertThat(pod.hasFinalizer(TRACKING)).isFalse();
    }

    @Test
    void a_pod_that_a_job_has_adopted_counts() {
        cluster.create("""
            apiVersion: v1
            kind: Pod
            metadata: {name: before, labels: {app: worker}}
            spec:
              restartPolicy: Never
              containers:
              - {name: app, image: "busybox:1.37"}
            """);
        cluster.create("""
            apiVersion: batch/v1
            kind: Job
            metadata: {name: work}
            spec:
              manualSelector: true
              selector: {matchLabels: {app: worker}}
              template:
                metadata: {labels: {app: worker}}
                spec:
                  restartPolicy: Never
                  containers:
                  - {name: app, image: "busybox:1.37"}
            """);
        cluster.until("adopted", () -> cluster.get(PODS, "before").hasFinalizer(TRACKING));

        cluster.node.decide(pod -> Fate.SUCCEEDS);

        untilCondition("Complete", "CompletionsReached");
        assertThat(cluster.pods()).containsExactly("before");
        assertThat(cluster.get(JOBS, "work").status().path("succeeded").asInt()).isEqualTo(1);
    }

    @Test
    void a_job_of_another_controller_is_left_alone() {
        cluster.create(job("managedBy: example.com/queue").replace("name: work", "name: foreign"));
        cluster.create(job(""));

        cluster.until("runs", () -> cluster.pods().size() == 1);

        assertThat(cluster.pods().get(0)).startsWith("work-");
        assertThat(cluster.get(JOBS, "foreign").status().isEmpty()).isTrue();
    }

    @Test
    void a_container_that_names_its_index_itself_keeps_its_word() {
        cluster.create(job("completionMode: Indexed\ncompletions: 1")
                .replace("{name: app,", "{name: app, env: [{name: JOB_COMPLETION_INDEX, value: mine}],"));

        cluster.until("runs", () -> cluster.pods().size() == 1);

        var env = cluster.list(PODS).get(0).spec().path("containers").path(0).path("env");
        assertThat(env)
                .singleElement()
                .satisfies(
                        variable -> assertThat(variable.path("value").asText()).isEqualTo("mine"));
    }

    @Test
    void a_pod_that_is_deleted_by_hand_has_failed_and_is_replaced_after_a_pause() {
        cluster.node.holdTerminations();
        cluster.create(job(""));
        cluster.until("runs", () -> cluster.pods().size() == 1);

        cluster.delete(PODS, cluster.pods().get(0));
        cluster.until(
                "failed",
                () -> cluster.get(JOBS, "work").status().path("failed").asInt() == 1);
        cluster.node.terminate();

        cluster.until("gone", () -> cluster.pods().isEmpty());
        cluster.untilAfter(
                Duration.ofSeconds(11),
                "another runs",
                () -> cluster.get(JOBS, "work").status().path("ready").asInt() == 1);
    }

    @Test
    void a_job_that_goes_on_does_not_wait_because_its_pods_were_stopped() {
        cluster.node.holdTerminations();
        cluster.create(job(""));
        cluster.until(
                "runs", () -> cluster.get(JOBS, "work").status().path("ready").asInt() == 1);
        cluster.patch(JOBS, "work", "{spec: {suspend: true}}");
        cluster.until("suspended", () -> cluster.get(JOBS, "work").is("Suspended"));

        cluster.patch(JOBS, "work", "{spec: {suspend: false}}");

        cluster.until(
                "another runs beside the one that ends", () -> cluster.pods().size() == 2);
    }
}
