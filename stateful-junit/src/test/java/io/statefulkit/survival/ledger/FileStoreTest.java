package io.statefulkit.survival.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real commands, on this machine. */
class FileStoreTest {

    private static final Element ELEMENT = new Element(0, 1);

    private final Path directory;
    private final AtomicReference<String> container = new AtomicReference<>("a");
    private final FileStore store;

    FileStoreTest(@TempDir Path directory) {
        this.directory = directory;
        this.store = new FileStore(new Local(container), directory.toString(), "run1");
    }

    @BeforeEach
    void prepare() {
        assertThat(store.prepare()).isEmpty();
    }

    private Path rows() {
        return directory.resolve("statefulkit_ledger_run1");
    }

    @Test
    void what_is_written_is_read_until_it_is_deleted() {
        try (Session session = store.open()) {
            assertThat(session.write(ELEMENT, "abc")).isEqualTo(Reply.acknowledged());
            assertThat(session.read()).containsExactly(new Row("run1", ELEMENT, Payload.digest("abc")));
            assertThat(session.delete(ELEMENT)).isEqualTo(Reply.acknowledged());
            assertThat(session.delete(ELEMENT).outcome()).isEqualTo(Outcome.FAIL);
            assertThat(session.read()).isEmpty();
        }
    }

    @Test
    void a_second_file_of_the_same_row_shows() {
        try (Session session = store.open()) {
            session.write(ELEMENT, "abc");
            session.write(ELEMENT, "abc");
            session.write(new Element(0, 11), "abc");
            assertThat(session.read()).hasSize(3);
            session.delete(ELEMENT);
            assertThat(session.read()).hasSize(1);
        }
    }

    @Test
    void a_write_that_fails_leaves_nothing() throws IOException {
        try (Session session = store.open()) {
            Files.delete(rows().resolve("identity"));
            Files.delete(rows());

            assertThat(session.write(ELEMENT, "abc").outcome()).isEqualTo(Outcome.FAIL);
            assertThat(session.read()).as("rows of a directory that is gone").isEmpty();
            assertThat(store.identity()).startsWith("none: ");
        }
    }

    @Test
    void a_file_that_is_cut_off_is_damaged() throws IOException {
        try (Session session = store.open()) {
            session.write(ELEMENT, "abc");
            try (var files = Files.list(rows())) {
                for (Path file : files.filter(
                                path -> path.getFileName().toString().startsWith("w"))
                        .toList()) {
                    Files.writeString(file, "ab");
                }
            }
            assertThat(session.read()).containsExactly(new Row("run1", ELEMENT, Payload.digest("ab")));
        }
    }

    @Test
    void an_answer_of_a_container_that_was_replaced_proves_nothing() {
        try (Session session = store.open()) {
            container.set("b");

            assertThat(session.write(ELEMENT, "abc"))
                    .isEqualTo(new Reply(Outcome.INFO, "container a was replaced by b"));
        }
    }

    @Test
    void a_directory_that_is_there_belongs_to_somebody_else() {
        assertThatThrownBy(store::prepare)
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("cannot mkdir " + rows() + ": exit code 1: ");
        store.drop();
        assertThat(rows()).doesNotExist();
    }

    private record Local(AtomicReference<String> id) implements Commands {

        @Override
        public Ended run(List<String> command) {
            try {
                Process process = new ProcessBuilder(command).start();
                process.getOutputStream().close();
                String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Ended(process.waitFor(), out, err);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String container() {
            return Objects.requireNonNull(id.get());
        }
    }
}
