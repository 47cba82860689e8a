package io.statefulkit.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.Event.Action;
import io.statefulkit.survival.history.Journal;
import io.statefulkit.survival.history.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecheckTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int recheck(String... files) {
        return Recheck.run(files, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    /** Ten acknowledged rows, a disruption, and a read that shows these. */
    private String history(String seen) {
        Path file = directory.resolve("history.jsonl");
        try (Journal journal = Journal.to(file)) {
            for (int seq = 1; seq <= 10; seq++) {
                journal.end(journal.begin(Action.WRITE, new Element(0, seq)), Outcome.OK, "A", "");
            }
            assertThat(journal.markInjected("deletePod(0)", 10, 0, Duration.ZERO))
                    .isTrue();
            journal.markRecovered("deletePod(0)");
            if (!seen.isEmpty()) {
                journal.endRead(journal.beginRead(), "B", Elements.parse(seen), Elements.none(), 0);
            }
        }
        return file.toString();
    }

    @Test
    void a_history_is_checked_without_the_cluster() {
        String file = history("w0#1..7,9..10");

        assertThat(recheck(file)).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        file + ": VIOLATED",
                        "          9 ok           acknowledged and there",
                        "          1 lost         acknowledged or seen, and gone: w0#8",
                        "  deletePod(0): the workload was back");
    }

    @Test
    void a_good_history_ends_with_0() {
        assertThat(recheck(history("w0#1..10"))).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("no row is lost, changed, or too many");
    }

    @Test
    void rows_that_nobody_read_show_nothing() {
        assertThat(recheck(history(""))).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("INCONCLUSIVE");
    }

    @Test
    void what_is_no_history_is_told_and_ends_with_2() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "no\nhistory\n");

        assertThat(recheck(other.toString(), directory.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("line 1 of " + other, "cannot read the history");
        assertThat(recheck()).isEqualTo(2);
    }
}
