package io.statefulkit.embedded.control.volume;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directories behind provisioned volumes.
 *
 * @param root where they are
 * @param sized whether each holds no more than was asked for
 */
record Directories(Path root, boolean sized) {

    /** Makes a directory that every user may write to, as a container may run as any. */
    Path make(String name, long bytes) throws IOException {
        Path directory = root.resolve(name);
        Files.createDirectories(directory);
        if (sized && !SizedDirectory.isOne(directory)) {
            new SizedDirectory(directory).mount(bytes);
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        return directory;
    }

    boolean contains(Path directory) {
        Path there = directory.normalize();
        return there.startsWith(root) && !there.equals(root);
    }

    /** Removes a directory with everything in it; symbolic links are not followed. */
    void remove(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (sized && SizedDirectory.isOne(directory)) {
            new SizedDirectory(directory).release();
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                if (!Files.isWritable(each) || !Files.isReadable(each)) {
                    Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwx------"));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(each);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path each, IOException problem) throws IOException {
                if (problem instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @org.jspecify.annotations.Nullable IOException problem)
                    throws IOException {
                if (problem != null) {
                    throw problem;
                }
                Files.deleteIfExists(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
