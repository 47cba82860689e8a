package io.statefulkit.embedded.control;

import io.statefulkit.embedded.control.loop.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A clock that a test moves. What waits for less than a second, such as a retry, really waits. */
final class ManualTime extends Clock implements Timer {

    private static final Duration REAL = Duration.ofSeconds(1);

    private record Alarm(Instant due, Runnable task) {}

    private final List<Alarm> alarms = new ArrayList<>();
    private final ScheduledExecutorService real = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "manual-time");
        thread.setDaemon(true);
        return thread;
    });
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    void advance(Duration by) {
        List<Alarm> due = new ArrayList<>();
        synchronized (this) {
            now = now.plus(by);
            alarms.removeIf(alarm -> !alarm.due().isAfter(now) && due.add(alarm));
        }
        due.sort(Comparator.comparing(Alarm::due));
        due.forEach(alarm -> alarm.task().run());
    }

    @Override
    public void at(Instant due, Runnable task) {
        Duration delay = Duration.between(instant(), due);
        if (delay.compareTo(REAL) < 0) {
            Future<?> unused = real.schedule(task, Math.max(0, delay.toMillis()) + 1, TimeUnit.MILLISECONDS);
            return;
        }
        boolean past;
        synchronized (this) {
            past = !due.isAfter(now);
            if (!past) {
                alarms.add(new Alarm(due, task));
            }
        }
        if (past) {
            task.run();
        }
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
