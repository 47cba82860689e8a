package io.statefulkit.embedded.node.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory below which a node keeps everything: other users can reach it, its path is short (socket paths end at 107
 * bytes), and it vanishes with the node.
 */
public final class Workspace {

    private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);
    private static final String PREFIX = "skube-";
    private static final int LONGEST_BASE = 30;

    private final Path root;
    private final FileChannel owner;

    private Workspace(Path root, FileChannel owner) {
        this.root = root;
        this.owner = owner;
    }

    /** Creates a workspace, after clearing up what crashed JVMs left beside it. */
    public static Workspace create() {
        Path base = base();
        sweep(base);
        try {
            Path root =
                    Files.createDirectory(base.resolve(own() + HexFormat.of().toHexDigits(System.nanoTime(), 6)));
            FileChannel owner =
                    FileChannel.open(root.resolve("owner"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            // Held as long as this JVM lives: that is how a later one sees that it is gone.
            owner.lock();
            allow(root, "rwxr-xr-x");
            Files.createDirectory(root.resolve("pids"));
            copy("launch.sh", root);
            copy("watchdog.sh", root);
            programs(root);
            return new Workspace(root, owner);
        } catch (IOException e) {
            throw new UncheckedIOException("no work directory below " + base + ": " + e.getMessage(), e);
        }
    }

    /** Returns the directory. */
    public Path root() {
        return root;
    }

    /** Returns the directory of programs that take the place of the machine's. */
    public Path programs() {
        return root.resolve("bin");
    }

    Path launcher() {
        return root.resolve("launch.sh");
    }

    Path watchdog() {
        return root.resolve("watchdog.sh");
    }

    Path pidFile(long pid) {
        return root.resolve("pids").resolve(Long.toString(pid));
    }

    /** Deletes the directory and everything in it. */
    public void delete() {
        release(root);
        delete(root);
        try {
            owner.close();
        } catch (IOException e) {
            LOG.debug("lock of {} could not be released: {}", root, e.toString());
        }
    }

    /** Deletes a tree; what cannot be deleted is logged and left. */
    public static void delete(Path tree) {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(tree, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException problem) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
                        throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            LOG.debug("{} could not be deleted: {}", tree, e.toString());
        }
    }

    /** Sets permissions regardless of the umask. */
    public static void allow(Path path, String permissions) throws IOException {
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        Files.setPosixFilePermissions(path, set);
    }

    private static Path base() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toAbsolutePath();
        return firstUsable(List.of(temporary, Path.of("/tmp"), Path.of("/var/tmp")));
    }

    static Path firstUsable(List<Path> candidates) {
        for (Path candidate : candidates) {
            if (candidate.toString().length() <= LONGEST_BASE && Files.isWritable(candidate) && reachable(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException("no directory for containers: expected one of " + candidates
                + " to be writable, open to other users and at most " + LONGEST_BASE
                + " characters long; set -Djava.io.tmpdir to such a directory");
    }

    /** Whether every user can pass through to the directory. */
    private static boolean reachable(Path directory) {
        try {
            for (Path step = directory.toRealPath(); step != null; step = step.getParent()) {
                if (!Files.getPosixFilePermissions(step).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static String own() {
        return PREFIX + ProcessHandle.current().pid() + "-";
    }

    private static void sweep(Path base) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(base, PREFIX + "*")) {
            for (Path directory : found) {
                // Our own are skipped by name: opening and closing their lock file would release the lock.
                boolean other = !directory.getFileName().toString().startsWith(own());
                if (other && ownerIsGone(directory)) {
                    LOG.info("clearing up {}, which a JVM left that ended without closing its node", directory);
                    killLeftovers(directory);
                    release(directory);
                    delete(directory);
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
                    ProcessTable.descendants(pid).forEach(Workspace::kill);
                    kill(pid);
                }
            }
        }
        ProcessTable.withEnvironment(Processes.ROOT + "=" + directory + "/").forEach(Workspace::kill);
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static void programs(Path root) throws IOException {
        copy("chown.sh", root);
        Path programs = Files.createDirectory(root.resolve("bin"));
        allow(programs, "rwxr-xr-x");
        for (String name : List.of("chown", "chgrp")) {
            Files.createSymbolicLink(programs.resolve(name), root.resolve("chown.sh"));
        }
    }

    /** Takes away file systems that are mounted below a directory, such as those of volumes with a size. */
    private static void release(Path directory) {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            List<String> below = mounts.map(line -> line.split(" ", -1)[1])
                    .filter(place -> place.startsWith(directory + "/"))
                    .toList();
            for (String place : below) {
                var unused =
                        new ProcessBuilder("umount", "--lazy", place).start().waitFor(10, TimeUnit.SECONDS);
            }
        } catch (IOException e) {
            LOG.debug("mounts below {} could not be released: {}", directory, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(String script, Path root) throws IOException {
        try (InputStream in = Workspace.class.getResourceAsStream(script)) {
            if (in == null) {
                throw new IOException(script + " is missing on the class path");
            }
            Files.copy(in, root.resolve(script));
        }
        allow(root.resolve(script), "rwxr-xr-x");
    }
}
