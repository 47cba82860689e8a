package io.statefulkit.embedded.node;

import io.statefulkit.embedded.node.process.Isolation;
import io.statefulkit.embedded.node.process.ProcessTable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** A JVM with a node that runs a pod, and never closes it: prints the directory and all pids, then waits to be killed. */
final class OrphanMaker {

    private OrphanMaker() {}

    public static void main(String[] arguments) throws Exception {
        NodeOptions options = NodeOptions.named("node");
        RunningNode node =
                new RunningNode(arguments[0].equals("none") ? options.withIsolation(Isolation.NONE) : options);
        node.script("orphan", "trap '' TERM INT HUP; setsid sleep 10000 & sleep 10000 & wait", "Always");
        node.awaitReady("orphan");
        List<Long> pids = new ArrayList<>();
        // The container's shell needs a moment to start its own children.
        org.awaitility.Awaitility.await().atMost(RunningNode.LONG).until(() -> {
            pids.clear();
            pids.addAll(all(node.agent.directory().resolve("pids")));
            return pids.size() >= 3;
        });
        String report = node.agent.directory() + "\n"
                + pids.stream().map(String::valueOf).collect(Collectors.joining(" ")) + "\n";
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write(report.getBytes(StandardCharsets.UTF_8));
        }
        new CountDownLatch(1).await();
    }

    private static List<Long> all(Path directory) throws Exception {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                long pid = Long.parseLong(String.valueOf(file.getFileName()));
                pids.add(pid);
                pids.addAll(ProcessTable.descendants(pid));
            }
        }
        return pids;
    }
}
