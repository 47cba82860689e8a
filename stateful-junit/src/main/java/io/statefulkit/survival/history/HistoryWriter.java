package io.statefulkit.survival.history;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes events to a file in the order in which they are added. What is handed over is with the operating system: it outlives this JVM, killed or
 * not, but not the machine. Threads that hand over at the same time share one call of it. Thread-safe.
 */
final class HistoryWriter implements AutoCloseable {

    private final OutputStream file;
    private final Object disk = new Object();
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private final StringBuilder line = new StringBuilder();
    private long added;
    private long handedOver;
    private boolean isClosed;

    private HistoryWriter(OutputStream file) {
        this.file = file;
    }

    static HistoryWriter to(Path path) throws IOException {
        return new HistoryWriter(Files.newOutputStream(path));
    }

    /** Adds an event, and returns what to {@linkplain #handOver hand over} so that it is with the operating system. One that comes after the end is dropped. */
    synchronized long add(Event event) {
        if (!isClosed) {
            line.setLength(0);
            HistoryFile.print(event, line);
            byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
            waiting.write(bytes, 0, bytes.length);
            added += bytes.length;
        }
        return added;
    }

    /** Returns when everything up to this is with the operating system. */
    void handOver(long upTo) {
        synchronized (disk) {
            if (handedOver >= upTo) {
                return;
            }
            byte[] bytes = taken();
            try {
                file.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write the history", e);
            }
            handedOver += bytes.length;
        }
    }

    private synchronized byte[] taken() {
        byte[] bytes = waiting.toByteArray();
        waiting.reset();
        return bytes;
    }

    private synchronized long end() {
        isClosed = true;
        return added;
    }

    @Override
    public void close() {
        handOver(end());
        synchronized (disk) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close the history", e);
            }
        }
    }
}
