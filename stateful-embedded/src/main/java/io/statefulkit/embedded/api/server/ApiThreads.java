package io.statefulkit.embedded.api.server;

import io.statefulkit.embedded.thread.Daemons;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The threads of one API server: few that call the listeners of watches, and one for bookmarks. */
final class ApiThreads implements AutoCloseable {

    private static final int DISPATCHERS = 4;

    private final ExecutorService dispatcher = Executors.newFixedThreadPool(DISPATCHERS, Daemons.named("api-watch-"));
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
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, Daemons.named("api-timer-"));
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }
}
