package io.statefulkit.survival.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.statefulkit.survival.history.Event.Stage;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Outcome;
import io.statefulkit.survival.testing.Story;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows 1 to 3 are older than the backup, 4 to 6 are written while it is made, 7 to 9 after it, and 10 after the restore. */
class RestoreTest {

    static Stream<Arguments> shown() {
        return Stream.of(
                shown("all that is older than the backup", "w0#1..3,10", "GIVEN_UP w0#4..9, OK w0#1..3,10"),
                shown("a beginning of what was written meanwhile", "w0#1..5,10", "GIVEN_UP w0#6..9, OK w0#1..5,10"),
                shown("an older row is missing", "w0#1,3,10", "GIVEN_UP w0#4..9, LOST w0#2, OK w0#1,3,10"),
                shown(
                        "a hole in what was written meanwhile",
                        "w0#1..4,6,10",
                        "GIVEN_UP w0#7..9, LOST w0#5, OK w0#1..4,6,10"),
                shown("a row that no backup has", "w0#1..7,10", "GIVEN_UP w0#8..9, OK w0#1..7,10, TOO_NEW w0#7"),
                shown("nothing was destroyed", "w0#1..10", "OK w0#1..10, TOO_NEW w0#7..9"),
                shown("a row after the restore is missing", "w0#1..3", "GIVEN_UP w0#4..9, LOST w0#10, OK w0#1..3"),
                shown("nothing was restored", "w0#10", "GIVEN_UP w0#4..9, LOST w0#1..3, OK w0#10"));
    }

    private static Arguments shown(String what, String rows, String expected) {
        return arguments(what, rows, expected);
    }

    private static Story restored() {
        return new Story()
                .many(1, 3)
                .injected("restore")
                .phase(Stage.BACKUP_BEGUN)
                .many(4, 6)
                .phase(Stage.BACKUP_DONE)
                .many(7, 9)
                .phase(Stage.DESTROYED)
                .server("B")
                .recovered("restore")
                .many(10, 10);
    }

    private static String found(History history) {
        Map<String, String> classes = new TreeMap<>();
        Findings findings = Checker.check(history);
        for (ElementClass each : ElementClass.values()) {
            if (each != ElementClass.STALE && !findings.of(each).isEmpty()) {
                classes.put(each.name(), findings.of(each).toString());
            }
        }
        return classes.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shown")
    void a_restore_shows(String what, String rows, String expected) {
        assertThat(found(restored().read(rows).history())).isEqualTo(expected);
    }

    /** It may have waited for the server that came after. */
    @Test
    void a_row_that_hung_while_everything_was_destroyed_may_be_there_or_not() {
        Story story = new Story()
                .many(1, 3)
                .injected("restore")
                .phase(Stage.BACKUP_BEGUN)
                .phase(Stage.BACKUP_DONE)
                .begin("w1#1")
                .phase(Stage.DESTROYED)
                .end("w1#1", Outcome.OK)
                .recovered("restore");

        assertThat(found(story.read("w0#1..3 w1#1").history())).isEqualTo("OK w0#1..3 w1#1");
    }

    @Test
    void a_row_that_was_deleted_before_the_backup_must_stay_away_and_one_deleted_later_need_not() {
        Story story = new Story()
                .many(1, 3)
                .delete("w0#1", Outcome.OK)
                .injected("restore")
                .phase(Stage.BACKUP_BEGUN)
                .phase(Stage.BACKUP_DONE)
                .delete("w0#2", Outcome.OK)
                .phase(Stage.DESTROYED)
                .recovered("restore");

        assertThat(found(story.read("w0#1..3").history())).isEqualTo("OK w0#1..3, RESURRECTED w0#1");
    }

    @Test
    void a_restore_is_no_excuse_for_a_run_that_never_made_one() {
        Story story = new Story()
                .many(1, 3)
                .injected("restore")
                .phase(Stage.BACKUP_BEGUN)
                .many(4, 4);

        assertThat(found(story.recovered("restore").read("w0#1..3").history())).isEqualTo("LOST w0#4, OK w0#1..3");
    }
}
