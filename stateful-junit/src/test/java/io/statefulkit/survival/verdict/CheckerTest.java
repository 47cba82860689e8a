package io.statefulkit.survival.verdict;

import static io.statefulkit.survival.history.Outcome.FAIL;
import static io.statefulkit.survival.history.Outcome.INFO;
import static io.statefulkit.survival.history.Outcome.OK;
import static io.statefulkit.survival.verdict.ElementClass.CORRUPTED;
import static io.statefulkit.survival.verdict.ElementClass.DUPLICATED;
import static io.statefulkit.survival.verdict.ElementClass.FLUTTER;
import static io.statefulkit.survival.verdict.ElementClass.GIVEN_UP;
import static io.statefulkit.survival.verdict.ElementClass.LOST;
import static io.statefulkit.survival.verdict.ElementClass.NEVER_READ;
import static io.statefulkit.survival.verdict.ElementClass.PHANTOM;
import static io.statefulkit.survival.verdict.ElementClass.RECOVERED;
import static io.statefulkit.survival.verdict.ElementClass.RESURRECTED;
import static io.statefulkit.survival.verdict.ElementClass.STALE;
import static io.statefulkit.survival.verdict.ElementClass.TOO_NEW;
import static io.statefulkit.survival.verdict.ElementClass.UNEXPECTED;
import static io.statefulkit.survival.verdict.ElementClass.VANISHED;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.statefulkit.survival.history.Event.Stage;
import io.statefulkit.survival.testing.Story;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckerTest {

    /** Each line plants one thing in an otherwise good history, and names every class but OK that it must lead to. */
    static Stream<Arguments> planted() {
        return Stream.of(
                planted("nothing", three().read("w0#1..3"), ""),
                planted("an unanswered row that is there", three().info("w1#1").read("w0#1..3 w1#1"), "RECOVERED w1#1"),
                planted(
                        "an unanswered row that is not there",
                        three().info("w1#1").read("w0#1..3"),
                        "VANISHED w1#1"),
                planted("a write that never ended", three().begin("w1#1").read("w0#1..3"), "VANISHED w1#1"),
                planted("the newest row missing", three().read("w0#1..2"), "LOST w0#3"),
                planted("a row in the middle missing", three().read("w0#1,3"), "LOST w0#2"),
                planted("all rows missing", three().read(""), "LOST w0#1..3"),
                planted(
                        "an unanswered row seen and then missing",
                        three().info("w1#1").read("w0#1..3 w1#1").read("w0#1..3"),
                        "LOST w1#1"),
                planted("a refused row that is there", three().fail("w1#1").read("w0#1..3 w1#1"), "PHANTOM w1#1"),
                planted(
                        "a refused row that was there for a moment",
                        three().fail("w1#1").read("w0#1..3 w1#1").read("w0#1..3"),
                        "PHANTOM w1#1"),
                planted("a row that nobody wrote", three().read("w0#1..3 w7#7"), "UNEXPECTED w7#7"),
                planted("a row twice", three().read("w0#1..2,2,3"), "DUPLICATED w0#2"),
                planted("a restore of an older state", restored().read("w0#1..3"), "GIVEN_UP w0#4"),
                planted("a restore that knows too much", restored().read("w0#1..4"), "TOO_NEW w0#4"),
                planted("a row with other content", three().read("w0#1..3", "w0#2", 0), "CORRUPTED w0#2"),
                planted(
                        "a deleted row that is not there",
                        three().delete("w0#2", OK).read("w0#1,3"),
                        ""),
                planted(
                        "a deleted row that is there",
                        three().delete("w0#2", OK).read("w0#1..3"),
                        "RESURRECTED w0#2"),
                planted(
                        "a row whose deletion was refused, and gone",
                        three().delete("w0#2", FAIL).read("w0#1,3"),
                        "LOST w0#2"),
                planted(
                        "a row whose deletion is open, and gone",
                        three().delete("w0#2", INFO).read("w0#1,3"),
                        ""),
                planted(
                        "a row whose deletion is open, and there",
                        three().delete("w0#2", INFO).read("w0#1..3"),
                        ""),
                planted(
                        "a row lost before it was deleted",
                        three().read("w0#1,3").delete("w0#2", INFO).read("w0#1,3"),
                        "LOST w0#2"),
                planted("a row missed once", three().read("w0#1..2").read("w0#1..3"), "STALE w0#3"),
                planted(
                        "a row seen, missed, and seen",
                        three().read("w0#1..3").read("w0#1..2").read("w0#1..3"),
                        "STALE w0#3, FLUTTER w0#3"),
                planted(
                        "a read that ran while the row was written",
                        new Story()
                                .ok("w0#1")
                                .begin("w0#2")
                                .beginRead()
                                .end("w0#2", OK)
                                .endRead("w0#1", "", 0),
                        "NEVER_READ w0#2"),
                planted("no read at all", three(), "NEVER_READ w0#1..3"),
                planted(
                        "a row written after the last read",
                        three().read("w0#1..3").ok("w0#4"),
                        "NEVER_READ w0#4"));
    }

    private static Story three() {
        return new Story().ok("w0#1", "w0#2", "w0#3");
    }

    private static Story restored() {
        return three().injected("restore")
                .phase(Stage.BACKUP_BEGUN)
                .phase(Stage.BACKUP_DONE)
                .ok("w0#4")
                .phase(Stage.DESTROYED)
                .recovered("restore");
    }

    private static Arguments planted(String what, Story story, String expected) {
        return arguments(what, story, expected);
    }

    @Test
    void every_class_is_planted() {
        assertThat(planted()
                        .map(arguments -> (String) arguments.get()[2])
                        .flatMap(expected -> Stream.of(expected.split(", ", -1)))
                        .map(expected -> expected.split(" ", 2)[0])
                        .filter(expected -> !expected.isEmpty()))
                .containsAll(Stream.of(ElementClass.values())
                        .filter(elementClass -> elementClass != ElementClass.OK)
                        .map(ElementClass::name)
                        .toList());
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("planted")
    void a_planted_fault_is_found_and_nothing_else(String what, Story story, String expected) {
        Findings findings = Checker.check(story.history());

        assertThat(findings.classes().entrySet().stream()
                        .filter(entry -> entry.getKey() != ElementClass.OK)
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(joining(", ")))
                .as(what)
                .isEqualTo(expected);
    }

    @Test
    void every_class_has_a_planted_fault() {
        String all = planted().map(arguments -> (String) arguments.get()[2]).collect(joining(" "));

        assertThat(ElementClass.values())
                .filteredOn(elementClass -> elementClass != ElementClass.OK)
                .containsExactlyInAnyOrder(
                        RECOVERED,
                        VANISHED,
                        LOST,
                        PHANTOM,
                        UNEXPECTED,
                        DUPLICATED,
                        CORRUPTED,
                        RESURRECTED,
                        NEVER_READ,
                        STALE,
                        FLUTTER,
                        GIVEN_UP,
                        TOO_NEW)
                .allSatisfy(elementClass -> assertThat(all).contains(elementClass.name()));
    }

    @Test
    void rows_that_are_as_they_must_be_are_ok() {
        assertThat(Checker.check(three().read("w0#1..3").history()).of(ElementClass.OK))
                .hasToString("w0#1..3");
    }

    @Test
    void a_cut_off_end_is_no_hole() {
        Story story = three().server("B").ok("w0#4").read("w0#1..2,4");

        assertThat(Checker.check(story.history()).holes().isEmpty()).isTrue();
    }

    @Test
    void a_gap_before_a_row_of_the_same_server_is_a_hole() {
        Story story = three().server("B").ok("w0#4").read("w0#1,3,4");

        assertThat(Checker.check(story.history()).holes()).hasToString("w0#2");
    }

    @Test
    void rows_of_another_run_are_counted() {
        assertThat(Checker.check(three().read("w0#1..3", "", 7).history()).foreign())
                .isEqualTo(7);
    }

    @Test
    void many_operations_are_checked() {
        Story story = new Story().many(1, 100_000).read("w0#1..99999").read("w0#1..99999");

        assertThat(Checker.check(story.history()).of(LOST)).hasToString("w0#100000");
    }
}
