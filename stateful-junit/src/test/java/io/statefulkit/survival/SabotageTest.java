package io.statefulkit.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statefulkit.survival.disruption.Disruptions;
import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Journal;
import io.statefulkit.survival.ledger.Hazard;
import io.statefulkit.survival.ledger.Ledger;
import io.statefulkit.survival.ledger.LedgerOptions;
import io.statefulkit.survival.ledger.Reply;
import io.statefulkit.survival.ledger.Row;
import io.statefulkit.survival.ledger.Session;
import io.statefulkit.survival.ledger.Store;
import io.statefulkit.survival.verdict.Checker;
import io.statefulkit.survival.verdict.ElementClass;
import io.statefulkit.survival.verdict.Findings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SabotageTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "LOSE_ROW, LOST",
        "REPEAT_ROW, DUPLICATED",
        "CHANGE_ROW, CORRUPTED",
        "INVENT_ROW, UNEXPECTED",
        "RESURRECT_ROW, RESURRECTED"
    })
    void a_planted_fault_is_found_as_what_it_is(Sabotage.Kind kind, ElementClass expected) throws InterruptedException {
        Findings findings = sabotaged(Sabotage.of(kind, Disruptions.deletePod()));

        assertThat(findings.count(expected)).isEqualTo(1);
        assertThat(findings.isViolated()).isTrue();
        assertThat(kind.sign()).isEqualTo(expected.meaning());
    }

    @Test
    void without_a_fault_nothing_is_found() throws InterruptedException {
        assertThat(sabotaged(Sabotage.of(Sabotage.Kind.SKIP, Disruptions.deletePod()))
                        .isViolated())
                .isFalse();
    }

    @Test
    void it_goes_by_the_name_of_its_cover() {
        assertThat(Sabotage.losingRow().name()).isEqualTo("deletePod(0) with sabotage LOSE_ROW");
    }

    private Findings sabotaged(Sabotage sabotage) throws InterruptedException {
        MemoryStore store = new MemoryStore();
        LedgerOptions options = new LedgerOptions(2, 1000, 16, 64, 0.3, Duration.ofSeconds(30), 7);
        try (Journal journal = Journal.to(directory.resolve("history.jsonl"));
                Ledger ledger = Ledger.start(store, "run", journal, options)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> journal.acknowledged() >= 20
                            && !journal.history().deletes().isEmpty());
            ledger.stop();
            var unused = ledger.read();
            sabotage.act(store, ledger, journal.history());
            assertThat(ledger.read().isEmpty()).isFalse();
            return Checker.check(journal.history());
        }
    }

    /** A database in memory. */
    private static final class MemoryStore implements Store {

        private final ConcurrentLinkedQueue<Row> rows = new ConcurrentLinkedQueue<>();

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public List<Hazard> prepare() {
            return List.of();
        }

        @Override
        public Session open() {
            return new MemorySession();
        }

        @Override
        public String identity() {
            return "memory";
        }

        @Override
        public void drop() {
            rows.clear();
        }

        private final class MemorySession implements Session {

            @Override
            public String server() {
                return "A";
            }

            @Override
            public Reply write(Element element, String payload) {
                rows.add(new Row("run", element, md5(payload)));
                return Reply.acknowledged();
            }

            @Override
            public Reply delete(Element element) {
                rows.removeIf(row -> row.element().equals(element));
                return Reply.acknowledged();
            }

            @Override
            public List<Row> read() {
                return List.copyOf(rows);
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

        private static String md5(String payload) {
            try {
                byte[] digest = MessageDigest.getInstance("MD5").digest(payload.getBytes(StandardCharsets.US_ASCII));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
