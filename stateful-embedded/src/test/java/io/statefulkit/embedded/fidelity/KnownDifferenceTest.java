package io.statefulkit.embedded.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownDifferenceTest {

    @Test
    void the_guide_lists_exactly_the_known_differences() throws IOException {
        List<String> expected = Arrays.stream(KnownDifference.values())
                .map(known -> "- **" + known.name() + "**: " + known.reason())
                .toList();
        List<String> listed = Files.readAllLines(Path.of("..", "docs", "guide", "10-how-embedded-differs.md")).stream()
                .filter(line -> line.startsWith("- **"))
                .toList();
        assertThat(listed).isEqualTo(expected);
    }

    @Test
    void a_difference_that_nobody_knows_is_not_explained() {
        Difference difference = new Difference("sts-create-ordered", "pods/db-0#1 object", "does not appear");
        assertThat(KnownDifference.explaining(difference)).isEmpty();
    }

    /** What is next to a known difference is none: the same place with another value, or the same value at another place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "api-reads;GET /version;.major: expected 1, seen 2",
                "api-reads;GET /api/v1/pods;.gitVersion: expected 1, seen 2",
                "api-reads;GET /api/v1/nodes;.items[0].status.conditions[0].reason: expected \"KubeletReady\", seen"
                        + " \"x\"",
                "api-reads;GET /api/v1/nodes;.items[0].status.capacity.pods2: expected 1, seen 2",
                "pod-image-missing;pods/img#1;invents .status.containerStatuses[app].state.waiting.reason [\"x\"]"
                        + " besides []",
                "api-errors;PATCH /pods/db-0;.message: expected \"a\", seen \"b\"",
                "api-errors;PATCH /jobs/j;.message: expected \"spec.selector: Invalid value: {}\", seen"
                        + " \"spec.selector: no\"",
                "pod-crash-loop;pods/crash#1 object;invented or reordered: Running [] app:running(restarts 1)",
                "pod-crash-loop;pods/crash#1 object;invented or reordered: Failed [] app:terminated/Error/137(restarts"
                        + " 1) deleting",
                "pod-crash-loop;pods/crash#1;invents .status.containerStatuses[app].state.waiting.reason [\"x\"]"
                        + " besides []",
                "sts-create-ordered;pods/db-0#1 object;invented or reordered: Running [] app:waiting/CrashLoopBackOff"
                        + "(restarts 1)",
                "pod-completes-and-fails;pods/bad#1 object;invented or reordered: Running []"
                        + " app:waiting/CrashLoopBackOff(restarts 1)",
                "postgres-lifecycle;pods/pg-0#2 object;invented or reordered: Running [] postgres:running(restarts 1)",
                "postgres-lifecycle;pods/pg-0#1 object;invented or reordered: Running [] postgres:running(restarts 1)",
                "postgres-lifecycle;pods/pg-0#2 object;invented or reordered: Running [] postgres:running(restarts 0)",
                "postgres-lifecycle;pods/pg-0#2 object;invented or reordered: Running []"
                        + " postgres:terminated/Error/2(restarts 0)",
                "postgres-lifecycle;pods/pg-0#2;invents the field .status.containerStatuses[postgres].command [1]",
                "postgres-lifecycle;pods/pg-0#2;invents the field .status.reason [1]",
                "postgres-lifecycle;Pod pg-0;invents the event Warning Failed",
                "sts-pod-delete-forced;pods/pg-0#2 object;invented or reordered: Running [] postgres:running(restarts"
                        + " 1)",
                "deploy;GET /pods/x;expected status 200, seen 404",
            })
    void neighbours_of_known_differences_are_reported(String recording, String subject, String text) {
        assertThat(KnownDifference.explaining(new Difference(recording, subject, text)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "TWO_SERVERS_FOR_A_MOMENT;pods/pg-0#3 object;invented or reordered: Running"
                        + " [Ready=False/ContainersNotReady] postgres:terminated/Error/1(restarts 0)",
                "TWO_SERVERS_FOR_A_MOMENT;pods/pg-0#3 object;invented or reordered: Running [Ready=True]"
                        + " postgres:running(restarts 2)",
                "TWO_SERVERS_FOR_A_MOMENT;pods/pg-0#3;invents .status.containerStatuses[postgres].restartCount [2]"
                        + " besides [0]",
                "TWO_SERVERS_FOR_A_MOMENT;Pod pg-0;invents the event Warning BackOff",
                "DUMP_OF_PODS;PATCH /jobs/j;.message: expected \"Job.batch \\\"j\\\" is invalid: spec.template:"
                        + " Invalid value: {\\\"labels\\\":{},\\\"Spec\\\":{}}: field is immutable\", seen \"Job.batch"
                        + " \\\"j\\\" is invalid: spec.template: Invalid value: {\\\"spec\\\":{}}: field is immutable\"",
            })
    void known_differences_are_explained(KnownDifference known, String subject, String text) {
        assertThat(KnownDifference.explaining(new Difference("postgres-lifecycle", subject, text)))
                .contains(known);
    }

    @Test
    void milestones_may_be_skipped_but_not_invented_or_reordered() {
        List<String> recorded = List.of("a", "b", "c", "b");
        assertThat(Progress.along(recorded, List.of("a", "c"))).isEqualTo(3);
        assertThat(Progress.invented(recorded, List.of("a", "c", "b"))).isEmpty();
        assertThat(Progress.invented(recorded, List.of("c", "a"))).containsExactly("a");
        assertThat(Progress.invented(recorded, List.of("a", "x"))).containsExactly("x");
    }
}
