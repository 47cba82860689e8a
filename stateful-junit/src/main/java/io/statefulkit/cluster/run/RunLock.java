package io.statefulkit.cluster.run;

import io.statefulkit.internal.NotApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A lock among the JVMs of a user and the threads of each, and what its last holder noted: two runs that begin at the same time must not
 * both start what they are to share. Who holds it must not ask for it again.
 */
@NotApi
public record RunLock(Path file) {

    /**
     * The threads of this JVM wait here: Java refuses them the lock of a file that another one holds and, worse, the system takes it from that
     * one as soon as the file is closed by any. There are as many as there are files, which are few.
     */
    private static final Map<Path, Lock> THREADS = new ConcurrentHashMap<>();

    /** The lock of a name. */
    public static RunLock named(String name) {
        return new RunLock(Path.of(System.getProperty("user.home", "."), ".statefulkit", name + ".lock"));
    }

    /** The value, and what to note for the next holder. */
    public record Noted<T>(T value, String note) {}

    /** Waits for the lock, and does this with the last note, which is empty at first. */
    public <T> T within(Function<String, Noted<T>> action) {
        Lock thread = THREADS.computeIfAbsent(file.toAbsolutePath().normalize(), key -> new ReentrantLock());
        thread.lock();
        try {
            return withinFile(action);
        } finally {
            thread.unlock();
        }
    }

    private <T> T withinFile(Function<String, Noted<T>> action) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                String last = note(channel);
                Noted<T> result = action.apply(last);
                if (lock.isValid() && !result.note().equals(last)) {
                    channel.truncate(0);
                    int unused = channel.write(ByteBuffer.wrap(result.note().getBytes(StandardCharsets.UTF_8)), 0);
                }
                return result.value();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    /** By the channel that has the lock: the system takes a lock away as soon as its process closes any other one of the same file. */
    private static String note(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // The rest comes with the next read.
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
    }
}
