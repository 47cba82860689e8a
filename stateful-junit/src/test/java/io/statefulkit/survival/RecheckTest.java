package io.statefulkit.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.survival.history.Books;
import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.Event.Action;
import io.statefulkit.survival.history.HistoryFile;
import io.statefulkit.survival.history.Journal;
import io.statefulkit.survival.history.Outcome;
import io.statefulkit.survival.ledger.Move;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** What a run saw of the accounts beside its rows is in its file. */
    @Test
    void accounts_are_checked_without_the_cluster() {
        Element row = new Element(0, 1);
        Move move = Move.of(row);
        Map<Integer, Books.Account> accounts = new HashMap<>();
        for (int account = 0; account < Move.ACCOUNTS; account++) {
            boolean isGiven = account == move.to();
            accounts.put(
                    account,
                    new Books.Account(
                            Move.INITIAL + (isGiven ? move.amount() : 0),
                            isGiven ? 1 : 0,
                            isGiven ? List.of(row) : List.of()));
        }
        Path file = directory.resolve("torn.jsonl");
        try (Journal journal = Journal.to(file)) {
            journal.end(journal.begin(Action.WRITE, row), Outcome.OK, "A", "");
            long read = journal.beginRead();
            journal.showBooks(read, new Books(accounts));
            journal.endRead(read, "A", Elements.of(row), Elements.none(), 0);
            assertThat(HistoryFile.read(file)).isEqualTo(journal.history());
        }

        assertThat(recheck(file.toString())).isEqualTo(1);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(": VIOLATED", "money came or went", "an account does not match the transfers beside it");
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
