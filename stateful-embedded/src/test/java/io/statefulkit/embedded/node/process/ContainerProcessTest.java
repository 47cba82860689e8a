package io.statefulkit.embedded.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ContainerProcessTest {

    /** As the launcher does where signals are ignored: whoever asks for the main process then must not get that one. */
    @Test
    void what_runs_before_the_namespaces_are_made_is_not_the_main_process() throws Exception {
        Isolation isolation = Isolation.probe();
        assumeThat(isolation.separatesPids()).as("pid namespaces").isTrue();
        Workspace workspace = Workspace.create();
        try (Watchdog watchdog = Watchdog.start(workspace)) {
            List<String> command = new ArrayList<>(List.of("sh", "-c", "sleep 0.3; exec \"$@\"", "sh"));
            command.addAll(isolation.enter(List.of("sleep", "300")));
            Path complaints = workspace.root().resolve("complaints");
            Process process = new ProcessBuilder(command)
                    .redirectError(complaints.toFile())
                    .start();
            ContainerProcess container =
                    new ContainerProcess(process, watchdog, isolation, new ExitCode(complaints), "none=");

            long main = container.mainPid();
            container.killAll();

            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the process %d is what ends the container", main)
                    .isTrue();
            assertThat(container.exit().get(60, TimeUnit.SECONDS)).isEqualTo(137);
        } finally {
            workspace.delete();
        }
    }
}
