package io.statefulkit.embedded.control;

import io.statefulkit.embedded.thread.Daemons;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The few threads that controllers share; they end when there is nothing to do. */
final class Threads implements Executor, AutoCloseable {

    private static final int WORKERS = 4;
    private static final long IDLE_SECONDS = 10;
    private static final long CLOSE_SECONDS = 10;

    private final Clock clock;
    private final Set<Alarm> pending = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor alarms;

    Threads(Clock clock) {
        this.clock = clock;
        workers = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Daemons.named("controllers-"));
        workers.allowCoreThreadTimeOut(true);
        alarms = new ScheduledThreadPoolExecutor(1, Daemons.named("controller-timer-"));
        alarms.setRemoveOnCancelPolicy(true);
        alarms.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        workers.execute(task);
    }

    void at(Instant due, Runnable task) {
        Alarm alarm = new Alarm(due, task);
        pending.add(alarm);
        set(alarm);
    }

    /** Sets the alarms anew after the clock was moved. */
    void timeMoved() {
        pending.forEach(this::set);
    }

    /** An alarm that is set twice rings once. */
    private void set(Alarm alarm) {
        long millis = Math.max(0, Duration.between(clock.instant(), alarm.due()).toMillis() + 1);
        try {
            Future<?> unused = alarms.schedule(
                    () -> {
                        if (pending.remove(alarm)) {
                            execute(alarm.task());
                        }
                    },
                    millis,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: nothing is due any more.
        }
    }

    /** Compared by identity: two alarms may be due at the same time for the same thing. */
    private static final class Alarm {

        private final Instant due;
        private final Runnable task;

        Alarm(Instant due, Runnable task) {
            this.due = due;
            this.task = task;
        }

        Instant due() {
            return due;
        }

        Runnable task() {
            return task;
        }
    }

    @Override
    public void close() {
        alarms.shutdownNow();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
