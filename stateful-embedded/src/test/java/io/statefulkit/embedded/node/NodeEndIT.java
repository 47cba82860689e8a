package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statefulkit.embedded.node.process.ProcessTable;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeEndIT {

    @Test
    void a_closed_node_leaves_no_process_no_thread_and_no_directory() {
        long self = ProcessHandle.current().pid();
        Set<Long> before = ProcessTable.descendants(self);
        Path directory;
        try (RunningNode node = RunningNode.start()) {
            directory = node.agent.directory();
            node.script("left", "trap '' TERM; setsid sleep 10000 & sleep 10000", "Always");
            node.awaitReady("left");
            assertThat(ProcessTable.descendants(self)).hasSizeGreaterThan(before.size());
        }

        assertThat(directory).doesNotExist();
        await().atMost(RunningNode.LONG)
                .until(() -> before.containsAll(ProcessTable.descendants(self).stream()
                        .filter(ProcessTable::alive)
                        .toList()));
        await().atMost(RunningNode.LONG)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("node-node")));
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
