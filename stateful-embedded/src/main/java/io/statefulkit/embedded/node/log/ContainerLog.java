package io.statefulkit.embedded.node.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * The log of one instance of a container: a file its processes append to, and marks that tell when it had grown to where.
 * Thread-safe.
 */
public final class ContainerLog {

    private static final int MOST_MARKS = 20_000;

    private final Path file;
    private final TreeMap<Long, Instant> grownTo = new TreeMap<>();
    private volatile boolean closed;

    /** Takes the file, which exists. */
    public ContainerLog(Path file) {
        this.file = file;
    }

    /** Returns the file. */
    public Path file() {
        return file;
    }

    /** Says that the instance has ended. */
    public void close(Instant now) {
        mark(now);
        closed = true;
    }

    /** Returns whether nothing more will be written. */
    public boolean closed() {
        return closed;
    }

    /** Notes how long the file is now. */
    public synchronized void mark(Instant now) {
        long size = file.toFile().length();
        if (grownTo.isEmpty() ? size > 0 : size > grownTo.lastKey()) {
            grownTo.put(size, now);
            if (grownTo.size() > MOST_MARKS) {
                thinOut();
            }
        }
    }

    /** A log that grows forever keeps every second mark. */
    private void thinOut() {
        boolean drop = false;
        for (Iterator<Long> marks = grownTo.keySet().iterator(); marks.hasNext(); drop = !drop) {
            marks.next();
            if (drop && marks.hasNext()) {
                marks.remove();
            }
        }
    }

    /** Returns when the byte at an offset was written, as exactly as that was noted. */
    synchronized Instant timeOf(long offset) {
        Map.Entry<Long, Instant> mark = grownTo.higherEntry(offset);
        return mark == null ? Instant.now() : mark.getValue();
    }

    /** Reads what there is from an offset on. */
    byte[] read(long offset) throws IOException {
        if (!Files.exists(file)) {
            return new byte[0];
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            int length = (int) Math.min(Math.max(0, in.length() - offset), 1 << 20);
            byte[] bytes = new byte[length];
            in.seek(offset);
            in.readFully(bytes);
            return bytes;
        }
    }

    /** Returns the last bytes, at most as many as given, from the start of a line. */
    public String tail(int lines, int bytes) {
        try {
            String text = new String(
                    read(Math.max(0, file.toFile().length() - bytes)), java.nio.charset.StandardCharsets.UTF_8);
            int position = text.endsWith("\n") ? text.length() - 1 : text.length();
            for (int i = 0; i < lines && position > 0; i++) {
                position = text.lastIndexOf('\n', position - 1);
            }
            return position <= 0 ? text : text.substring(position + 1);
        } catch (IOException e) {
            return "";
        }
    }
}
