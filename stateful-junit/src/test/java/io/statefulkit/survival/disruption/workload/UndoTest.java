package io.statefulkit.survival.disruption.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndoTest {

    private final List<String> done = new ArrayList<>();

    @Test
    void what_was_done_is_undone_once_whether_it_went_well_or_not() {
        Undo.around("it", () -> done.add("undone"), () -> done.add("done"));
        assertThat(done).containsExactly("done", "undone");

        assertThatIllegalStateException().isThrownBy(() -> Undo.around("it", () -> done.add("again"), this::fail));
        assertThat(done).containsExactly("done", "undone", "again");

        Undo undo = Undo.of("it", () -> done.add("closed"));
        undo.close();
        undo.close();
        assertThat(done).containsExactly("done", "undone", "again", "closed");
    }

    @Test
    void what_shall_stay_is_undone_only_when_it_fails() {
        Undo.ifItFails("it", () -> done.add("undone"), () -> done.add("done"));
        assertThat(done).containsExactly("done");

        assertThatIllegalStateException().isThrownBy(() -> Undo.ifItFails("it", () -> done.add("undone"), this::fail));
        assertThat(done).containsExactly("done", "undone");
    }

    /** Such as by a user who may not do it: nothing is left that the end of the JVM would undo. */
    @Test
    void what_is_to_be_undone_later_is_undone_at_once_when_it_fails() {
        Undo later = Undo.of("it", () -> done.add("undone"), () -> done.add("done"));
        assertThat(done).containsExactly("done");
        later.close();
        assertThat(done).containsExactly("done", "undone");

        assertThatIllegalStateException()
                .isThrownBy(() -> Undo.of("it", () -> done.add("at once"), this::fail))
                .withMessage("planted");
        assertThat(done).containsExactly("done", "undone", "at once");
    }

    @Test
    void an_undo_that_fails_as_well_does_not_hide_why_it_was_needed() {
        Runnable undo = () -> {
            throw new IllegalArgumentException("cannot be undone");
        };

        assertThatIllegalStateException()
                .isThrownBy(() -> Undo.of("it", undo, this::fail))
                .withMessage("planted")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThatIllegalStateException()
                .isThrownBy(() -> Undo.around("it", undo, this::fail))
                .withMessage("planted");
        assertThatIllegalStateException()
                .isThrownBy(() -> Undo.ifItFails("it", undo, this::fail))
                .withMessage("planted");
    }

    private void fail() {
        throw new IllegalStateException("planted");
    }

    @Test
    void what_a_jvm_leaves_half_done_is_undone_when_it_ends(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("undone");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HalfDone.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();

        assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(file).as(Files.readString(directory.resolve("output"))).exists();
    }

    /** Ends in the middle of a disruption. */
    static final class HalfDone {

        private HalfDone() {}

        public static void main(String[] arguments) {
            Undo.around("a file", () -> create(Path.of(arguments[0])), () -> System.exit(0));
        }

        private static void create(Path file) {
            try {
                Files.createFile(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
