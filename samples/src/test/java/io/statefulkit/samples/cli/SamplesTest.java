package io.statefulkit.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SamplesTest {

    private final StringWriter out = new StringWriter();

    @Test
    void the_stories_are_listed() {
        assertThat(run("list")).isZero();

        assertThat(out.toString().lines().map(line -> line.split(" ", 2)[0]))
                .containsExactly("todo", "loss", "filler", "company", "bigco", "moving", "service");
    }

    @Test
    void a_story_that_is_not_there_is_an_error_that_names_those_that_are() {
        assertThat(run("run", "todoo")).isEqualTo(2);

        assertThat(out.toString()).startsWith("there is no story 'todoo'; there are [todo, loss, filler,");
    }

    @Test
    void a_story_is_told_at_one_place() {
        assertThat(run("run", "todo", "--k3s", "--kubeconfig", "x")).isEqualTo(2);

        assertThat(out.toString()).contains("mutually exclusive");
    }

    @Test
    void a_kubeconfig_that_cannot_be_read_is_named(@TempDir Path directory) {
        Path missing = directory.resolve("missing");

        assertThat(run("run", "todo", "--kubeconfig", missing.toString())).isEqualTo(1);

        assertThat(out.toString()).startsWith("FAILED: the kubeconfig " + missing + " cannot be read");
    }

    private int run(String... arguments) {
        PrintWriter writer = new PrintWriter(out, true);
        CommandLine commandLine = Samples.commandLine();
        commandLine.setOut(writer);
        commandLine.setErr(writer);
        return commandLine.execute(arguments);
    }
}
