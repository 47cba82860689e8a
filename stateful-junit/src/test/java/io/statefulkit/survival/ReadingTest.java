package io.statefulkit.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Journal;
import io.statefulkit.survival.ledger.Hazard;
import io.statefulkit.survival.ledger.Ledger;
import io.statefulkit.survival.ledger.LedgerOptions;
import io.statefulkit.survival.ledger.Reply;
import io.statefulkit.survival.ledger.Row;
import io.statefulkit.survival.ledger.Session;
import io.statefulkit.survival.ledger.Store;
import io.statefulkit.survival.ledger.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingTest {

    private static final LedgerOptions OPTIONS = new LedgerOptions(1, 1, 1, 10, 0, Duration.ofSeconds(30), 7);

    /** Such as of the application that is tested: it would end the run, and nobody else would be told of it. */
    @Test
    void what_goes_wrong_in_another_thread_of_the_jvm_does_not_end_a_wait(@TempDir Path directory)
            throws InterruptedException {
        ComingBack store = new ComingBack();
        try (Journal journal = Journal.to(directory.resolve("history.jsonl"));
                Ledger ledger = Ledger.start(store, "run", journal, OPTIONS)) {
            ledger.stop();
            store.away();

            assertThat(new Reading(ledger).once(Duration.ofSeconds(60))).isEmpty();
            assertThat(journal.history().readings()).hasSize(1);
        }
    }

    private static void failElsewhere() {
        Thread thread = new Thread(() -> {
            throw new IllegalStateException("planted, in a thread that has nothing to do with the run");
        });
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A database that can be reached again when it was asked three times. */
    private static final class ComingBack implements Store {

        private final AtomicInteger refusals = new AtomicInteger();

        private void away() {
            refusals.set(3);
        }

        @Override
        public Session open() {
            int left = refusals.getAndUpdate(each -> Math.max(0, each - 1));
            if (left == 3) {
                failElsewhere();
            }
            if (left > 0) {
                throw new StoreException("cannot connect", new IOException("connection refused"));
            }
            return new Empty();
        }

        @Override
        public String name() {
            return "coming back";
        }

        @Override
        public List<Hazard> prepare() {
            return List.of();
        }

        @Override
        public String identity() {
            return "";
        }

        @Override
        public void drop() {
            // Nothing is there.
        }
    }

    private record Empty() implements Session {

        @Override
        public String server() {
            return "A";
        }

        @Override
        public Reply write(Element element, String payload) {
            return Reply.acknowledged();
        }

        @Override
        public Reply delete(Element element) {
            return Reply.acknowledged();
        }

        @Override
        public List<Row> read() {
            return List.of();
        }

        @Override
        public void abort() {
            // Nothing hangs.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
