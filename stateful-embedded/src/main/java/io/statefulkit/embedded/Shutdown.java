package io.statefulkit.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What has to be closed, in the reverse order of its start; closing goes on when one of them fails. Thread-safe. */
final class Shutdown implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Remembers a part that was started. */
    synchronized <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Closes what is not closed yet. */
    @Override
    public synchronized void close() {
        RuntimeException problem = null;
        while (!parts.isEmpty()) {
            problem = close(parts.pop(), problem);
        }
        if (problem != null) {
            throw problem;
        }
    }

    private static @Nullable RuntimeException close(AutoCloseable part, @Nullable RuntimeException before) {
        try {
            part.close();
            return before;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            RuntimeException problem =
                    before == null ? new IllegalStateException("the embedded cluster did not stop cleanly") : before;
            problem.addSuppressed(e);
            return problem;
        }
    }
}
