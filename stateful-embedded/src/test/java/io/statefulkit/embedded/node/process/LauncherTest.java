package io.statefulkit.embedded.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LauncherTest {

    /** As a program does that a shell started in the background. */
    @Test
    void what_ignores_interrupts_itself_starts_containers_that_do_not() throws IOException, InterruptedException {
        assumeThat(run("/usr/bin/env --default-signal true || echo no"))
                .as("an env that sets signals to their default")
                .isEmpty();
        assertThat(run("trap '' INT TERM PIPE; sh -c 'kill -INT $$; echo ignored'"))
                .isEqualTo("ignored\n");

        Workspace workspace = Workspace.create();
        try {
            String launch = "sh " + workspace.launcher() + " " + workspace.root() + " ";

            assertThat(run("trap '' INT TERM PIPE; " + launch + "sh -c 'kill -INT $$; echo ignored'"))
                    .isEmpty();
            assertThat(run("trap '' INT TERM PIPE; " + launch + "grep -c SigIgn:.*0000$ /proc/self/status"))
                    .isEqualTo("1\n");
        } finally {
            workspace.delete();
        }
    }

    private static String run(String script) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
