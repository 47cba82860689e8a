package io.statefulkit.embedded.api.server;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one API server: few that call the listeners of watches, and one for bookmarks. */
final class ApiThreads implements AutoCloseable {

    private static final int DISPATCHERS = 4;

    private final ExecutorService dispatcher = Executors.newFixedThreadPool(DISPATCHERS, named("api-watch-"));
    private final ScheduledExecutorService timer = timers();

    Executor dispatcher() {
        return dispatcher;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        dispatcher.shutdownNow();
    }

    /** What is cancelled is forgotten at once: the bookmarks of a watch that is closed would keep all of it for a minute. */
    private static ScheduledExecutorService timers() {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, named("api-timer-"));
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return action -> {
            Thread thread = new Thread(action, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
