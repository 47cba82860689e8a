package io.statefulkit.handle.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands with input, by a real shell, as a container runs them. */
class ExecInputTest {

    private static final int LARGE = 100_000;

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 1 << 14, (1 << 14) + 1, LARGE})
    void all_of_the_input_arrives_and_nothing_stays(int bytes) throws Exception {
        Process shell = run(bytes, "cat >copy", bytes);

        assertThat(shell.waitFor()).isZero();
        assertThat(root.resolve("copy")).hasSize(bytes);
        assertThat(temporary()).isEmpty();
    }

    @Test
    void a_command_that_reads_its_first_line_itself_gets_the_rest_behind_it() throws Exception {
        Process shell = run(LARGE, "{ IFS= read -r first; cat >copy; }", LARGE);

        assertThat(shell.waitFor()).isZero();
        assertThat(root.resolve("copy")).hasSize(LARGE - 8);
    }

    /** Rows of an import that end early are as good as all of them for a server, and would be marked as imported. */
    @Test
    void a_connection_that_breaks_in_the_middle_of_the_input_begins_no_command() throws Exception {
        Process shell = run(LARGE, "cat >copy", LARGE / 2);

        assertThat(shell.waitFor()).isEqualTo(74);
        assertThat(new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("its input has ended after 50000 of 100000 bytes\n");
        assertThat(root.resolve("copy")).doesNotExist();
        assertThat(temporary()).isEmpty();
    }

    private Process run(int bytes, String command, int sent) throws IOException {
        Files.createDirectories(root.resolve("tmp"));
        ProcessBuilder builder = new ProcessBuilder(Exec.limited(bytes, command)).directory(root.toFile());
        builder.environment().put("TMPDIR", root.resolve("tmp").toString());
        Process shell = builder.start();
        byte[] line = "a row..\n".getBytes(StandardCharsets.US_ASCII);
        byte[] input = new byte[sent];
        for (int i = 0; i < sent; i++) {
            input[i] = line[i % line.length];
        }
        try (OutputStream stdin = shell.getOutputStream()) {
            stdin.write(input);
        }
        return shell;
    }

    private List<Path> temporary() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("tmp"))) {
            return files.toList();
        }
    }
}
