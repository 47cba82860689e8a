package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statefulkit.embedded.node.process.ProcessTable;
import io.statefulkit.embedded.node.process.Workspace;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmDeathIT {

    @ParameterizedTest
    @ValueSource(strings = {"probed", "none"})
    void a_killed_jvm_leaves_no_process_and_no_directory(String isolation) throws Exception {
        Orphans orphans = Orphans.of(isolation);
        try {
            assertThat(orphans.pids).allMatch(ProcessTable::alive);
        } finally {
            orphans.jvm.destroyForcibly();
        }

        await().atMost(RunningNode.LONG).until(() -> orphans.pids.stream().noneMatch(ProcessTable::alive));
        await().atMost(RunningNode.LONG).until(() -> !Files.exists(orphans.directory));
    }

    /** Below a directory of their own: any node of another JVM that starts meanwhile would clear up, too, and sooner. */
    @Test
    void the_next_node_clears_up_when_the_watchdog_died_too() throws Exception {
        Path temporary = Files.createTempDirectory("jvm");
        Workspace.allow(temporary, "rwxr-xr-x");
        Orphans orphans = Orphans.of("probed", temporary);
        orphans.jvm
                .children()
                .filter(child -> child.info()
                        .arguments()
                        .map(Arrays::toString)
                        .orElse("")
                        .contains("watchdog.sh"))
                .forEach(ProcessHandle::destroyForcibly);
        orphans.jvm.destroyForcibly();
        orphans.jvm.onExit().join();
        assertThat(orphans.directory).exists().hasParent(temporary);
        assertThat(orphans.pids).anyMatch(ProcessTable::alive);

        Orphans next = Orphans.of("probed", temporary);
        try {
            await().atMost(RunningNode.LONG).until(() -> orphans.pids.stream().noneMatch(ProcessTable::alive));
            assertThat(orphans.directory).doesNotExist();
        } finally {
            next.jvm.destroyForcibly();
        }
        await().atMost(RunningNode.LONG).until(() -> !Files.exists(next.directory));
        Workspace.delete(temporary);
    }

    private record Orphans(Process jvm, Path directory, List<Long> pids) {

        static Orphans of(String isolation) throws Exception {
            return of(isolation, Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
        }

        static Orphans of(String isolation, Path temporary) throws Exception {
            Process jvm = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Djava.io.tmpdir=" + temporary,
                            "-cp",
                            System.getProperty("java.class.path"),
                            OrphanMaker.class.getName(),
                            isolation)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader lines = jvm.inputReader(StandardCharsets.UTF_8);
            Path directory = Path.of(line(lines));
            List<Long> pids =
                    Arrays.stream(line(lines).split(" ", -1)).map(Long::valueOf).toList();
            return new Orphans(jvm, directory, pids);
        }

        private static String line(BufferedReader lines) throws Exception {
            String line = lines.readLine();
            assertThat(line).as("output of the child JVM").isNotNull();
            return String.valueOf(line);
        }
    }
}
