package io.statefulkit.cluster.k3s;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.testcontainers.containers.output.OutputFrame;

/** The last lines that a container wrote: one that did not start is removed with its log. Thread-safe. */
final class K3sLog implements Consumer<OutputFrame> {

    private static final int LINES = 40;

    private final Deque<String> lines = new ArrayDeque<>();

    @Override
    public synchronized void accept(OutputFrame frame) {
        String line = frame.getUtf8StringWithoutLineEnding();
        if (line != null && !line.isBlank()) {
            lines.addLast(line);
            if (lines.size() > LINES) {
                lines.removeFirst();
            }
        }
    }

    /** Returns them, one below the other. */
    synchronized String text() {
        return String.join("\n", lines);
    }
}
