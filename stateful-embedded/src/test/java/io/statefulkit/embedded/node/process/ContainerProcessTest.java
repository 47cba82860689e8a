package io.statefulkit.embedded.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** A container that is seen as running may still mount what it is to read: a command in it has to wait for that. */
    @Test
    void a_command_that_comes_early_finds_what_is_mounted_for_reading() throws Exception {
        Isolation isolation = Isolation.probe();
        assumeThat(isolation.separatesMounts()).as("mounts of its own").isTrue();
        Workspace workspace = Workspace.create();
        try (Processes processes = new Processes(workspace, isolation)) {
            List<Path> readOnly = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                readOnly.add(Files.createDirectory(workspace.root().resolve("volume-" + i)));
            }
            Path last = readOnly.get(readOnly.size() - 1);
            ContainerProcess container = processes.start(launch(workspace, readOnly, "sleep", "300"));

            ContainerCommand early = processes.exec(
                    container,
                    launch(workspace, List.of(), "touch", last.resolve("file").toString()),
                    Redirects.PIPES,
                    false);

            assertThat(early.exit().get(60, TimeUnit.SECONDS))
                    .as("touch in what is read-only")
                    .isEqualTo(1);
            assertThat(last).isEmptyDirectory();
            container.killAll();
            assertThat(container.exit().get(60, TimeUnit.SECONDS)).isEqualTo(137);
        }
    }

    private static Launch launch(Workspace workspace, List<Path> readOnly, String... command) {
        return new Launch(
                List.of(command),
                Map.of("PATH", "/usr/bin:/bin"),
                workspace.root(),
                Optional.empty(),
                workspace.root().resolve("log"),
                false,
                false,
                readOnly);
    }
}
