package io.statefulkit.survival.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Journal;
import io.statefulkit.survival.history.Outcome;
import io.statefulkit.survival.ledger.FakeStore.Mood;
import io.statefulkit.survival.verdict.Checker;
import io.statefulkit.survival.verdict.ElementClass;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    private static final LedgerOptions OPTIONS = new LedgerOptions(4, 400, 1, 10, 0.2, Duration.ofSeconds(2), 7);

    private final FakeStore store = new FakeStore(new Payload(7, 1, 10));
    private final Journal journal;
    private final Ledger ledger;

    LedgerTest(@TempDir Path directory) {
        journal = Journal.to(directory.resolve("history.jsonl"));
        ledger = Ledger.start(store, "run", journal, OPTIONS);
    }

    @BeforeEach
    void wait_for_the_first_rows() {
        awaitAcknowledged(20);
    }

    @AfterEach
    void close() {
        ledger.close();
        journal.close();
    }

    private void awaitAcknowledged(int more) {
        int before = journal.acknowledged();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> journal.acknowledged() >= before + more);
    }

    private void awaitOutcome(Outcome outcome) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> journal.history().writes().stream()
                        .anyMatch(write ->
                                write.outcome() == outcome && !write.note().equals("never ended")));
    }

    private History finish() throws InterruptedException {
        ledger.stop();
        ledger.read();
        return journal.history();
    }

    @Test
    void a_database_that_works_keeps_every_row() throws InterruptedException {
        History history = finish();

        assertThat(history.writes()).extracting(Attempt::outcome).containsOnly(Outcome.OK);
        assertThat(history.deletes()).isNotEmpty();
        assertThat(Checker.check(history).classes()).containsOnlyKeys(ElementClass.OK);
    }

    @Test
    void writers_go_on_after_an_outage() throws InterruptedException {
        store.be(Mood.LOSING_ANSWERS);
        awaitOutcome(Outcome.INFO);
        store.be(Mood.REFUSING);
        awaitOutcome(Outcome.FAIL);
        store.be(Mood.WORKING);
        awaitAcknowledged(20);

        History history = finish();

        assertThat(Checker.check(history).isViolated()).isFalse();
        assertThat(Checker.check(history).count(ElementClass.RECOVERED)).isPositive();
    }

    @Test
    void a_session_is_never_used_again_after_an_answer_was_lost() {
        int before = store.opened();
        store.be(Mood.LOSING_ANSWERS);
        awaitOutcome(Outcome.INFO);
        store.be(Mood.WORKING);
        awaitAcknowledged(20);

        assertThat(store.opened()).isGreaterThan(before);
    }

    @Test
    void an_operation_that_hangs_is_given_up() {
        store.be(Mood.HANGING);
        awaitOutcome(Outcome.INFO);

        assertThat(store.aborted()).isPositive();
        store.be(Mood.WORKING);
        awaitAcknowledged(20);
    }
}
