package io.statefulkit.embedded.control.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobPlanTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String INDEXED = "'completionMode':'Indexed','completions':4,'parallelism':4";

    /** A job with a spec in JSON with single quotes, and pods such as {@code "0 failed/3 counted before=1"}. */
    private static JobPlan plan(String spec, String... pods) {
        return withStatus(spec, "", pods);
    }

    private static JobPlan withStatus(String spec, String status, String... pods) {
        ObjectNode job = Json.object();
        job.putObject("metadata").put("name", "work").put("namespace", "test").put("uid", "job");
        job.set("spec", Json.parse("{" + spec.replace('\'', '"') + "}"));
        job.set("status", Json.parse("{" + status.replace('\'', '"') + "}"));
        JobSpec jobSpec = new JobSpec(new Resource(job));
        List<Resource> all = new ArrayList<>();
        for (String pod : pods) {
            all.add(pod(all.size(), pod));
        }
        return new JobPlan(jobSpec, new JobPods(jobSpec, all), Backoff.none("job"), NOW);
    }

    private static Resource pod(int number, String text) {
        String[] words = text.split(" ");
        ObjectNode pod = Json.object();
        ObjectNode metadata = pod.putObject("metadata");
        metadata.put("name", "work-" + number).put("namespace", "test").put("uid", "pod-" + number);
        metadata.put("creationTimestamp", "2026-01-02T03:00:00Z");
        ObjectNode annotations = metadata.putObject("annotations").put(JobSpec.INDEX, words[0]);
        ArrayNode finalizers = metadata.putArray("finalizers");
        finalizers.add(JobSpec.FINALIZER);
        ObjectNode status = pod.putObject("status");
        for (String word : List.of(words).subList(1, words.length)) {
            String value = word.substring(word.indexOf('=') + 1).replaceFirst("^[a-z]+/", "");
            switch (word.replaceFirst("[=/].*", "")) {
                case "running" -> status.put("phase", "Running");
                case "succeeded" -> status.put("phase", "Succeeded");
                case "failed" -> failed(status, Integer.parseInt(value));
                case "evicted" -> {
                    status.put("phase", "Failed");
                    status.putArray("conditions")
                            .addObject()
                            .put("type", "DisruptionTarget")
                            .put("status", "True");
                }
                case "deleting" -> metadata.put("deletionTimestamp", "2026-01-02T03:04:00Z");
                case "counted" -> finalizers.removeAll();
                case "before" -> annotations.put(IndexFailures.COUNT, value);
                default -> throw new IllegalArgumentException(word);
            }
        }
        return new Resource(pod);
    }

    private static void failed(ObjectNode status, int exitCode) {
        status.put("phase", "Failed");
        status.putArray("containerStatuses")
                .addObject()
                .put("name", "app")
                .putObject("state")
                .putObject("terminated")
                .put("exitCode", exitCode)
                .put("finishedAt", "2026-01-02T03:04:00Z");
    }

    private static String ending(JobPlan plan) {
        return plan.endings()
                .ending()
                .map(end -> end.reason() + ": " + end.message())
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FailJob     | {'operator':'In','values':[3,42]}                       | 3 | 1 | PodFailurePolicy: Container app for pod test/work-0 failed with exit code 3 matching FailJob rule at index 0",
                "FailJob     | {'operator':'In','values':[42]}                         | 3 | 1 | ",
                "FailJob     | {'operator':'NotIn','values':[42]}                      | 3 | 1 | PodFailurePolicy: Container app for pod test/work-0 failed with exit code 3 matching FailJob rule at index 0",
                "FailJob     | {'containerName':'side','operator':'In','values':[3]}   | 3 | 1 | ",
                "Ignore      | {'operator':'In','values':[3]}                          | 3 | 0 | ",
                "Count       | {'operator':'In','values':[3]}                          | 3 | 1 | ",
            })
    void the_failure_policy_judges_exit_codes(String action, String codes, int exit, int counted, String ending) {
        JobPlan plan = plan(
                "'completions':1,'backoffLimit':6,'podFailurePolicy':{'rules':[{'action':'" + action
                        + "','onExitCodes':" + codes + "}]}",
                "0 failed/" + exit);

        assertThat(plan.progress().failed()).isEqualTo(counted);
        assertThat(ending(plan)).isEqualTo(ending == null ? "" : ending);
    }

    @Test
    void the_failure_policy_judges_conditions_and_its_first_rule_that_matches_decides() {
        String spec = "'completions':1,'podFailurePolicy':{'rules':["
                + "{'action':'Ignore','onPodConditions':[{'type':'DisruptionTarget'}]},"
                + "{'action':'FailJob','onPodConditions':[{'type':'DisruptionTarget','status':'True'}]}]}";

        JobPlan plan = plan(spec, "0 evicted");

        assertThat(plan.progress().failed()).isZero();
        assertThat(plan.endings().ending()).isEmpty();
        assertThat(plan.progress().newlyFailed()).isEmpty();
    }

    @Test
    void an_index_fails_beyond_its_own_limit_and_the_others_go_on() {
        String spec = INDEXED + ",'backoffLimit':2147483647,'backoffLimitPerIndex':1";

        JobPlan plan = plan(spec, "0 failed/1 before=1", "1 failed/1", "2 running");

        assertThat(plan.progress().failedIndexes()).containsExactly(0);
        assertThat(plan.endings().ending()).isEmpty();
        assertThat(plan.wanted()).isEqualTo(3);
        assertThat(plan.indexes().free(9)).as("index 1 waits").containsExactly(3);
        assertThat(plan.indexes().nextIn()).contains(Duration.ofSeconds(5));
        assertThat(plan.failures().count(1)).isEqualTo(1);
    }

    @Test
    void a_failed_pod_is_held_until_another_runs_for_its_index_or_none_will() {
        String spec = INDEXED + ",'backoffLimit':2147483647,'backoffLimitPerIndex':2";

        JobPlan plan = plan(
                spec,
                "0 failed/1",
                "0 running before=1",
                "1 failed/1",
                "1 failed/1 before=1",
                "2 failed/1 before=2",
                "3 failed/1 counted");

        assertThat(plan.indexes().held()).extracting(Resource::name).containsExactly("work-3");
        assertThat(plan("'completions':1", "0 failed/1").indexes().held()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0-2 | 3 |   | FailedIndexes: Job has failed indexes",
                "0,1 | 3 |   | ",
                "0   | 2,3 | 1 | MaxFailedIndexesExceeded: Job has exceeded the specified maximal number of failed indexes",
                "0   | 2 | 1 | ",
            })
    void failed_indexes_fail_the_job_at_its_end_or_when_they_are_too_many(
            String completed, String failed, Integer limit, String ending) {
        JobPlan plan = withStatus(
                INDEXED + ",'backoffLimit':99,'backoffLimitPerIndex':0"
                        + (limit == null ? "" : ",'maxFailedIndexes':" + limit),
                "'completedIndexes':'" + completed + "','failedIndexes':'" + failed + "'");

        assertThat(ending(plan)).isEqualTo(ending == null ? "" : ending);
    }

    @Test
    void a_rule_may_fail_an_index_at_once() {
        JobPlan plan = plan(
                INDEXED + ",'backoffLimit':99,'backoffLimitPerIndex':5,'podFailurePolicy':{'rules':["
                        + "{'action':'FailIndex','onExitCodes':{'operator':'In','values':[7]}}]}",
                "2 failed/7",
                "3 failed/1");

        assertThat(plan.progress().failedIndexes()).containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'succeededIndexes':'0,2'}                      | 0,2 | SuccessPolicy: Matched rules at index 0",
                "{'succeededIndexes':'0,2'}                      | 0-1 | ",
                "{'succeededIndexes':'0-2','succeededCount':2}   | 1-2 | SuccessPolicy: Matched rules at index 0",
                "{'succeededIndexes':'0-1','succeededCount':1}   | 2   | ",
                "{'succeededCount':1}                            | 3   | SuccessPolicy: Matched rules at index 0",
                "{'succeededIndexes':'9'},{'succeededCount':2}   | 1,3 | SuccessPolicy: Matched rules at index 1",
            })
    void the_success_policy_ends_an_indexed_job_early(String rules, String completed, String ending) {
        JobPlan plan = withStatus(
                INDEXED + ",'successPolicy':{'rules':[" + rules + "]}", "'completedIndexes':'" + completed + "'");

        assertThat(ending(plan)).isEqualTo(ending == null ? "" : ending);
    }

    @Test
    void what_began_to_end_ends_as_it_began() {
        String begun = "'conditions':[{'type':'%s','status':'True','reason':'R','message':'m'}]";

        assertThat(ending(withStatus("'completions':1", begun.formatted("FailureTarget"), "0 succeeded")))
                .isEqualTo("R: m");
        assertThat(withStatus("'completions':1", begun.formatted("SuccessCriteriaMet"))
                        .endings()
                        .ending()
                        .orElseThrow()
                        .success())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "TerminatingOrFailed, 1, 1",
        "Failed, 0, 0",
    })
    void a_pod_that_is_being_deleted_is_replaced_at_once_or_when_it_has_ended(
            String policy, int missing, int countedFailed) {
        JobPlan plan = plan("'completions':1,'podReplacementPolicy':'" + policy + "'", "0 running deleting");

        assertThat(plan.missing()).isEqualTo(missing);
        assertThat(plan.progress().failed()).isEqualTo(countedFailed);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0", "1, 5", "2, 15", "3, 35", "8, 595", "30, 595",
    })
    void pauses_double_from_ten_seconds_to_ten_minutes(int failures, long seconds) {
        assertThat(new Backoff("job", failures, NOW.minusSeconds(5)).left(NOW)).hasSeconds(seconds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Failures of before, pods -> failures in a row, seconds to wait: the last was 5 s ago.
                "0 | 0 running                  | 0 | 0",
                "0 | 0 failed/1                 | 1 | 5",
                "2 | 0 failed/1                 | 3 | 35",
                "2 | 0 failed/1 counted         | 2 | 15",
                "2 | 0 running deleting         | 3 | 35",
                "2 | 0 running deleting counted | 2 | 15",
                "2 | 0 succeeded                | 0 | 0",
                "2 | 0 succeeded, 0 failed/1    | 1 | 5",
            })
    void only_pods_that_are_not_counted_yet_add_to_the_failures_in_a_row(
            int before, String pods, int inARow, long seconds) {
        JobSpec spec = new JobSpec(new Resource(Json.object()));
        List<Resource> all = new ArrayList<>();
        for (String pod : pods.split(", ", -1)) {
            all.add(pod(all.size(), pod));
        }

        JobPlan plan = new JobPlan(spec, new JobPods(spec, all), new Backoff("job", before, NOW.minusSeconds(5)), NOW);

        assertThat(plan.failuresInARow().failures()).isEqualTo(inARow);
        assertThat(plan.backoff()).hasSeconds(seconds);
    }

    @ParameterizedTest
    @CsvSource({
        // The time by which a deleted pod has to be gone is not the time when it was deleted.
        "'{\"deletionTimestamp\":\"2026-01-02T03:04:30Z\",\"deletionGracePeriodSeconds\":30}', '{}', 03:04:00",
        "'{\"deletionTimestamp\":\"2026-01-02T03:04:30Z\"}', '{}', 03:04:30",
        "'{\"creationTimestamp\":\"2026-01-02T03:00:00Z\"}', '{}', 03:00:00",
        "'{}', '{\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\",\"lastTransitionTime\":\"2026-01-02T03:02:00Z\"}]}', 03:02:00",
    })
    void a_pod_without_an_ended_container_ended_when_it_was_no_longer_ready_or_was_deleted(
            String metadata, String status, String end) {
        ObjectNode pod = Json.object();
        pod.set("metadata", Json.parse(metadata));
        pod.set("status", Json.parse(status));

        assertThat(JobPods.finished(new Resource(pod))).isEqualTo("2026-01-02T" + end + "Z");
    }

    @ParameterizedTest
    @CsvSource({
        // completions (0: none), parallelism, succeeded so far, running now -> wanted
        "3, 2, 0, 0, 2",
        "3, 2, 2, 1, 1",
        "3, 2, 3, 0, 0",
        "0, 2, 0, 1, 2",
        "0, 2, 1, 1, 1",
    })
    void as_many_pods_run_as_are_still_needed(
            int completions, int parallelism, int succeeded, int running, int wanted) {
        String[] pods = java.util.stream.IntStream.range(0, running)
                .mapToObj(i -> i + " running")
                .toArray(String[]::new);

        JobPlan plan = withStatus(
                "'parallelism':" + parallelism + (completions == 0 ? "" : ",'completions':" + completions),
                "'succeeded':" + succeeded,
                pods);

        assertThat(plan.wanted()).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // A job that was made smaller, one with two pods for an index, and one with a pod for none.
                "2 | 2 | 0,1,2,3 | work-2,work-3",
                "4 | 4 | 0,1,1   | work-1",
                "4 | 4 | 0,-1    | work-1",
                "4 | 1 | 0,1     | work-0",
            })
    void pods_for_indexes_that_are_taken_or_unknown_go_first(
            int completions, int parallelism, String indexes, String surplus) {
        String[] pods = java.util.Arrays.stream(indexes.split(","))
                .map(index -> index + " running")
                .toArray(String[]::new);

        JobPlan plan =
                plan("'completionMode':'Indexed','completions':" + completions + ",'parallelism':" + parallelism, pods);

        assertThat(plan.surplus()).extracting(Resource::name).containsExactlyInAnyOrder(surplus.split(","));
    }
}
