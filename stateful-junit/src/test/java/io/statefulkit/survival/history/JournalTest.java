package io.statefulkit.survival.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.statefulkit.survival.history.Event.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final Element FIRST = new Element(0, 1);
    private static final Element SECOND = new Element(0, 2);

    @TempDir
    private Path directory;

    private final AtomicLong clock = new AtomicLong(1_000_000);

    @Test
    void a_history_is_read_back_from_disk() {
        Path file = directory.resolve("history.jsonl");
        History recorded;
        try (Journal journal = Journal.to(file, clock::get)) {
            write(journal, FIRST, Outcome.OK);
            journal.markInjected("deletePod(0)", 0, 0, Duration.ofSeconds(1));
            write(journal, SECOND, Outcome.INFO);
            journal.markRecovered("deletePod(0)");
            journal.end(journal.begin(Action.DELETE, FIRST), Outcome.FAIL, "A", "no \"luck\"");
            journal.endRead(journal.beginRead(), "A", Elements.of(FIRST), Elements.none(), 3);
            recorded = journal.history();
        }

        assertThat(HistoryFile.read(file)).isEqualTo(recorded);
        assertThat(recorded.writes()).extracting(Attempt::outcome).containsExactly(Outcome.OK, Outcome.INFO);
        assertThat(recorded.deletes()).extracting(Attempt::note).containsExactly("no \"luck\"");
        assertThat(recorded.readings()).extracting(Reading::foreign).containsExactly(3);
        assertThat(recorded.steps()).extracting(Step::isRecovered).containsExactly(true);
    }

    @Test
    void an_operation_is_on_disk_before_it_goes_on() throws IOException {
        Path file = directory.resolve("history.jsonl");
        try (Journal journal = Journal.to(file, clock::get)) {
            clock.addAndGet(5);
            journal.begin(Action.WRITE, FIRST);

            assertThat(Files.readString(file)).isEqualTo("""
                {"event":"begun","at":{"index":0,"nanos":5},"action":"WRITE","element":"w0#1"}
                """);
        }
    }

    /** A JVM that is killed loses at most how its newest operations ended: those read as indeterminate. */
    @Test
    void how_an_operation_ended_is_on_disk_when_the_next_begins() throws IOException {
        Path file = directory.resolve("history.jsonl");
        try (Journal journal = Journal.to(file, clock::get)) {
            write(journal, FIRST, Outcome.OK);
            assertThat(HistoryFile.read(file).writes())
                    .extracting(Attempt::element)
                    .containsExactly(FIRST);

            long second = journal.begin(Action.WRITE, SECOND);
            assertThat(HistoryFile.read(file).writes())
                    .extracting(Attempt::outcome)
                    .containsExactly(Outcome.OK, Outcome.INFO);

            journal.end(second, Outcome.OK, "A", "");
            journal.markRecovered("deletePod(0)");
            assertThat(HistoryFile.read(file).writes())
                    .extracting(Attempt::outcome)
                    .containsExactly(Outcome.OK, Outcome.OK);
        }
    }

    @Test
    void a_line_by_hand_is_what_the_library_prints() {
        Moment at = new Moment(7, 123_456_789_012L);
        for (Event event : List.of(
                new Event.Begun(at, Action.DELETE, SECOND),
                new Event.Ended(at, 3, Outcome.OK, "2026-11-30 09:00:00+00", ""),
                new Event.Ended(at, 3, Outcome.FAIL, "", "no session: refused"),
                new Event.Ended(at, 3, Outcome.INFO, "A", "quote \" backslash \\ tab \t über \u007f"))) {
            StringBuilder line = new StringBuilder();
            HistoryFile.print(event, line);
            assertThat(line).hasToString(HistoryFile.json(event));
        }
    }

    @Test
    void the_lines_of_many_threads_are_in_the_order_of_their_events() throws Exception {
        Path file = directory.resolve("history.jsonl");
        History recorded;
        try (Journal journal = Journal.to(file)) {
            List<Thread> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int number = writer;
                writers.add(new Thread(() -> {
                    for (int seq = 1; seq <= 500; seq++) {
                        write(journal, new Element(number, seq), Outcome.OK);
                    }
                }));
            }
            writers.forEach(Thread::start);
            for (Thread writer : writers) {
                writer.join();
            }
            recorded = journal.history();
        }

        assertThat(HistoryFile.read(file)).isEqualTo(recorded);
        assertThat(recorded.writes()).hasSize(2000);
    }

    @Test
    void a_last_line_that_was_cut_off_is_left_out() throws IOException {
        Path file = directory.resolve("history.jsonl");
        try (Journal journal = Journal.to(file, clock::get)) {
            write(journal, FIRST, Outcome.OK);
        }
        Files.writeString(file, Files.readString(file) + "{\"event\":\"beg");

        assertThat(HistoryFile.read(file).writes()).hasSize(1);

        byte[] first = "\u00fc".getBytes(StandardCharsets.UTF_8);
        Files.write(file, new byte[] {first[0]}, StandardOpenOption.APPEND);
        assertThat(HistoryFile.read(file).writes())
                .as("cut off within a character")
                .hasSize(1);
    }

    @Test
    void a_damaged_line_is_named() throws IOException {
        Path file = directory.resolve("history.jsonl");
        Files.writeString(file, "{\"event\":\"nonsense\"}\n{}\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> HistoryFile.read(file))
                .withMessageStartingWith("line 1 of " + file + " is no event: ");
    }

    @Test
    void a_disruption_waits_for_busy_writers() {
        try (Journal journal = Journal.to(directory.resolve("history.jsonl"), clock::get)) {
            write(journal, FIRST, Outcome.OK);
            write(journal, SECOND, Outcome.INFO);

            assertThat(journal.markInjected("d", 2, 1, Duration.ofSeconds(1))).isFalse();
            assertThat(journal.markInjected("d", 1, 2, Duration.ofSeconds(1))).isFalse();
            clock.addAndGet(Duration.ofSeconds(2).toNanos());
            assertThat(journal.markInjected("d", 1, 1, Duration.ofSeconds(1))).isFalse();
            assertThat(journal.markInjected("d", 1, 1, Duration.ofSeconds(3))).isTrue();
            assertThat(journal.acknowledgedSinceMark()).isZero();
            assertThat(journal.acknowledged()).isEqualTo(1);
        }
    }

    @Test
    void what_writers_feel_is_counted_from_the_last_mark() {
        try (Journal journal = Journal.to(directory.resolve("history.jsonl"), clock::get)) {
            clock.addAndGet(Duration.ofSeconds(9).toNanos());
            write(journal, FIRST, Outcome.OK);
            write(journal, FIRST, Outcome.FAIL);
            assertThat(journal.quietSinceMark()).isGreaterThanOrEqualTo(Duration.ofSeconds(9));
            journal.markInjected("d", 0, 0, Duration.ofSeconds(1), () -> journal.inFlight() == 0);
            clock.addAndGet(Duration.ofSeconds(2).toNanos());
            journal.begin(Action.WRITE, SECOND);
            write(journal, FIRST, Outcome.OK);
            journal.end(journal.begin(Action.WRITE, SECOND), Outcome.FAIL, "", "no session");

            assertThat(journal.quietSinceMark()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
            assertThat(journal.sinceMark()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
            assertThat(journal.refusedSinceMark())
                    .as("an operation that found no server")
                    .isZero();
            write(journal, FIRST, Outcome.FAIL);
            assertThat(journal.refusedSinceMark()).isEqualTo(1);
            assertThat(journal.inFlight()).isEqualTo(1);
            assertThat(journal.markInjected("d", 0, 0, Duration.ofSeconds(1), () -> journal.inFlight() > 1))
                    .isFalse();
        }
    }

    @Test
    void what_ends_after_the_run_is_ignored() {
        Journal journal = Journal.to(directory.resolve("history.jsonl"), clock::get);
        long begun = journal.begin(Action.WRITE, FIRST);
        journal.close();

        journal.end(begun, Outcome.INFO, "", "late");

        assertThat(HistoryFile.read(directory.resolve("history.jsonl")).writes())
                .extracting(Attempt::outcome, Attempt::note)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Outcome.INFO, "never ended"));
    }

    private static void write(Journal journal, Element element, Outcome outcome) {
        journal.end(journal.begin(Action.WRITE, element), outcome, "A", "");
    }
}
