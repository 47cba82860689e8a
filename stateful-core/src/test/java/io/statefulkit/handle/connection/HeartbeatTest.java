package io.statefulkit.handle.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that take long, by a real shell, as a container runs them. */
@Timeout(60)
class HeartbeatTest {

    @TempDir
    private Path root;

    /** It ends when there has been a sign of life. */
    @Test
    void a_script_that_is_silent_shows_that_it_lives() throws Exception {
        Path lines = root.resolve("stderr");
        Process shell = run("until [ -s \"$1\" ]; do sleep 0.05; done; echo done", "0.05", lines);

        assertThat(shell.waitFor()).isZero();
        assertThat(out(shell)).isEqualTo("done\n");
        assertThat(Files.readString(lines)).isNotEmpty().isBlank();
    }

    /** Who reads both streams to their end must not wait until a pause is over. */
    @Test
    void arguments_input_output_and_exit_code_are_those_of_the_script_and_nothing_stays() throws Exception {
        Path lines = root.resolve("stderr");
        Process shell = run("set -e; read -r word; echo \"$word ${1##*/}\"; echo no luck >&2; exit 3", "90", lines);

        assertThat(shell.waitFor()).isEqualTo(3);
        assertThat(out(shell)).isEqualTo("input stderr\n");
        assertThat(Files.readString(lines)).isEqualTo("no luck\n");
    }

    @Test
    void a_script_that_becomes_another_program_is_waited_for() throws Exception {
        Process shell = run("exec sh -c 'exit 7'", "90", root.resolve("stderr"));

        assertThat(shell.waitFor()).isEqualTo(7);
        assertThat(out(shell)).isEmpty();
    }

    @Test
    void a_command_with_input_is_taken_as_a_whole() throws Exception {
        Process shell = new ProcessBuilder(Heartbeat.around(Exec.limited(3, "cat"))).start();
        try (OutputStream stdin = shell.getOutputStream()) {
            stdin.write("abc".getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(shell.waitFor()).isZero();
        assertThat(out(shell)).isEqualTo("abc");
    }

    /** Or the server that inherits it, as the first process of its container, takes that for a crash of its own. */
    @Test
    void nobody_who_listens_is_the_end_of_the_beat_and_no_signal() throws Exception {
        String beat =
                Heartbeat.around("", "0.01").lines().findFirst().orElseThrow().replaceFirst(" &$", "");
        Path status = root.resolve("status");

        Process shell = new ProcessBuilder(
                        "sh", "-c", "{ ( " + beat + " ); echo $? >\"$0\"; } 2>&1 | :", status.toString())
                .start();

        assertThat(shell.waitFor()).isZero();
        assertThat(Files.readString(status)).isEqualTo("0\n");
    }

    @Test
    void signs_of_life_are_no_part_of_what_is_told_of_a_failure() {
        ExecResult failed = new ExecResult(List.of("sh"), 1, "", "\n\nfirst\n\n  second\n\n");

        assertThat(new ExecException(failed))
                .hasMessage("expected exit code 0 but was 1 of sh\n  | first\n  |   second");
    }

    private static Process run(String script, String seconds, Path stderr) throws IOException {
        Process shell = new ProcessBuilder(
                        "sh", "-c", Heartbeat.around(script, seconds), "statefulkit-test", stderr.toString())
                .redirectError(stderr.toFile())
                .start();
        try (OutputStream stdin = shell.getOutputStream()) {
            stdin.write("input\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            assertThat(e).as("it has ended before it was asked").hasMessageContaining("pipe");
        }
        return shell;
    }

    private static String out(Process shell) throws IOException {
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
