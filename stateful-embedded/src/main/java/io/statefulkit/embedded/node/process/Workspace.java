package io.statefulkit.embedded.node.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory below which a node keeps everything: other users can reach it, its path is short (socket paths end at 107
 * bytes), and it vanishes with the node.
 */
public final class Workspace {

    private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);
    static final String PREFIX = "skube-";

    private final Path root;
    private final FileChannel owner;

    private Workspace(Path root, FileChannel owner) {
        this.root = root;
        this.owner = owner;
    }

    /** Creates a workspace, after clearing up what crashed JVMs left beside it. */
    public static Workspace create() {
        Path base = WorkBase.find();
        Leftovers.sweep(base);
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
        Mounts.release(root);
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

    /** How the names of this JVM's own begin. */
    static String own() {
        return PREFIX + ProcessHandle.current().pid() + "-";
    }

    private static void programs(Path root) throws IOException {
        copy("chown.sh", root);
        Path programs = Files.createDirectory(root.resolve("bin"));
        allow(programs, "rwxr-xr-x");
        for (String name : List.of("chown", "chgrp")) {
            Files.createSymbolicLink(programs.resolve(name), root.resolve("chown.sh"));
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
