package io.statefulkit.cluster.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Who uses a cluster that several JVMs share: each holds the lock of a file of its own, which the system takes from it when its JVM ends,
 * however that ends.
 *
 * @param directory where the files are
 */
record SharedUsers(Path directory) {

    /** Begins to use it; closing the result ends that. To be called by who holds the lock of the place. */
    AutoCloseable enter() {
        try {
            Path file = Files.createTempFile(directory, "user-", ".lock");
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            FileLock unused = channel.lock();
            return () -> {
                Files.deleteIfExists(file);
                channel.close();
            };
        } catch (IOException e) {
            throw new UncheckedIOException("cannot say in " + directory + " that the cluster is used", e);
        }
    }

    /** Whether there is any user, and deletes what those who have gone left behind. To be called by who holds the lock of the place. */
    boolean isAny() {
        boolean isAny = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                isAny |= isHeld(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell from " + directory + " whether the cluster is used", e);
        }
        return isAny;
    }

    private static boolean isHeld(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return true;
            }
            Files.deleteIfExists(file);
            return false;
        } catch (OverlappingFileLockException e) {
            // By this JVM.
            return true;
        }
    }
}
