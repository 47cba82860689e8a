package io.statefulkit.embedded.node.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes of crashed JVMs left in the directory below which all nodes keep theirs. The lock of a node's owner file tells
 * whether its JVM lives.
 */
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private Leftovers() {}

    /** Ends the processes of nodes that are gone, and deletes their directories. */
    static void sweep(Path base) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(base, Workspace.PREFIX + "*")) {
            for (Path directory : found) {
                // Our own are skipped by name: opening and closing their lock file would release the lock.
                boolean other = !directory.getFileName().toString().startsWith(Workspace.own());
                if (other && ownerIsGone(directory)) {
                    LOG.info("clearing up {}, which a JVM left that ended without closing its node", directory);
                    killLeftovers(directory);
                    Mounts.release(directory);
                    Workspace.delete(directory);
                }
            }
        } catch (IOException e) {
            LOG.debug("leftovers below {} could not be listed: {}", base, e.toString());
        }
    }

    private static boolean ownerIsGone(Path directory) {
        Path file = directory.resolve("owner");
        try {
            if (!Files.getOwner(directory).getName().equals(System.getProperty("user.name")) || !Files.exists(file)) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                return lock != null;
            }
        } catch (IOException e) {
            return false;
        }
    }

    private static void killLeftovers(Path directory) throws IOException {
        Path pids = Files.createDirectories(directory.resolve("pids"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(pids)) {
            for (Path file : files) {
                String[] words = Files.readString(file).trim().split(" ", -1);
                long pid = Long.parseLong(file.getFileName().toString());
                OptionalLong started = ProcessTable.startTime(pid);
                // The same pid with another start time is somebody else's process.
                if (words.length == 2 && started.isPresent() && words[1].equals(Long.toString(started.getAsLong()))) {
                    ProcessTable.descendants(pid).forEach(Leftovers::kill);
                    kill(pid);
                }
            }
        }
        ProcessTable.withEnvironment(Processes.ROOT + "=" + directory + "/").forEach(Leftovers::kill);
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
