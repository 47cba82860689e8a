package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class NodeEndIT {

    @Test
    void a_closed_node_leaves_no_process_no_thread_and_no_directory() {
        // A length of sleep that is in no other command of this machine: other clusters of this JVM start processes
        // too.
        String mark = String.valueOf(10_000_000
                + ProcessHandle.current().pid() * 100
                + ThreadLocalRandom.current().nextInt(100));
        Path directory;
        try (RunningNode node = RunningNode.start()) {
            directory = node.agent.directory();
            node.script("left", "trap '' TERM; setsid sleep " + mark + " & sleep " + mark, "Always");
            node.awaitReady("left");
            assertThat(processes(mark)).isNotEmpty();
        }

        assertThat(directory).doesNotExist();
        await().atMost(RunningNode.LONG).until(() -> processes(mark).isEmpty());
        await().atMost(RunningNode.LONG)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("node-node")));
    }

    private static List<String> processes(String mark) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(command -> command.contains(mark))
                .toList();
    }

    @Test
    void a_directory_that_is_in_use_is_left_alone_by_the_next_node() {
        try (RunningNode first = RunningNode.start();
                RunningNode second = RunningNode.start()) {
            assertThat(first.agent.directory()).exists();
            assertThat(second.agent.directory()).isNotEqualTo(first.agent.directory());
            assertThat(second.agent.address()).isNotEqualTo(first.agent.address());
        }
    }
}
