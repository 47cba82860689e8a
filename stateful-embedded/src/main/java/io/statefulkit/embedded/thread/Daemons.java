package io.statefulkit.embedded.thread;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that no JVM waits for. */
public final class Daemons {

    private Daemons() {}

    /** Returns a factory of threads whose names begin so and end in a number, from 1 on. */
    public static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
