package io.statefulkit.embedded.control.loop;

import io.statefulkit.embedded.api.Failure;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue of one controller: each key waits at most once, and one key is worked on at a time. */
final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration FIRST_RETRY = Duration.ofMillis(5);
    private static final Duration LAST_RETRY = Duration.ofSeconds(15);
    private static final Duration LONG = Duration.ofMillis(10);
    private static final Duration LONGEST_REST = Duration.ofMillis(150);
    private static final int MAX_DOUBLINGS = 12;
    private static final int KEYS_IN_A_ROW = 32;

    private final Controller controller;
    private final Executor executor;
    private final Timer timer;
    private final Clock clock;
    private final Set<Key> waiting = new LinkedHashSet<>();
    private final Map<Key, Instant> alarms = new HashMap<>();
    private final Map<Key, Integer> failures = new HashMap<>();
    /** The keys that rest, and whether something happened to them meanwhile. */
    private final Map<Key, Boolean> resting = new HashMap<>();

    private boolean running;
    private boolean closed;

    Worker(Controller controller, Executor executor, Timer timer, Clock clock) {
        this.controller = controller;
        this.executor = executor;
        this.timer = timer;
        this.clock = clock;
    }

    Controller controller() {
        return controller;
    }

    synchronized void add(Key key) {
        if (closed) {
            return;
        }
        if (resting.computeIfPresent(key, (same, before) -> true) == null) {
            waiting.add(key);
            start();
        }
    }

    synchronized void close() {
        closed = true;
        waiting.clear();
        resting.clear();
    }

    private void start() {
        if (!running && !closed && !waiting.isEmpty()) {
            running = true;
            try {
                executor.execute(this::drain);
            } catch (RejectedExecutionException e) {
                running = false;
                closed = true;
            }
        }
    }

    private void drain() {
        boolean idle = false;
        try {
            idle = workOff();
        } finally {
            // Also after an error, which ends the thread: other keys do not wait for ever.
            if (!idle) {
                nextTurn();
            }
        }
    }

    /** Returns whether nothing is left to do. */
    private boolean workOff() {
        for (int i = 0; i < KEYS_IN_A_ROW; i++) {
            Optional<Key> key = next();
            if (key.isEmpty()) {
                return true;
            }
            work(key.get());
        }
        return false;
    }

    private synchronized void nextTurn() {
        running = false;
        start();
    }

    private synchronized Optional<Key> next() {
        Iterator<Key> keys = waiting.iterator();
        if (closed || !keys.hasNext()) {
            running = false;
            return Optional.empty();
        }
        Key key = keys.next();
        keys.remove();
        return Optional.of(key);
    }

    private void work(Key key) {
        // Its own time: on a busy machine everything takes long.
        long start = THREADS.getCurrentThreadCpuTime();
        reconcile(key);
        Duration took = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);
        if (took.compareTo(LONG) > 0) {
            rest(key, took.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : took);
        }
    }

    /** A key that takes long, as it is about many objects, is not looked at for each of their changes. */
    private void rest(Key key, Duration pause) {
        synchronized (this) {
            resting.put(key, waiting.remove(key));
        }
        timer.at(clock.instant().plus(pause), () -> goOn(key));
    }

    private synchronized void goOn(Key key) {
        if (Boolean.TRUE.equals(resting.remove(key))) {
            add(key);
        }
    }

    private void reconcile(Key key) {
        Instant began = clock.instant();
        try {
            Optional<Duration> again = controller.reconcile(key);
            synchronized (this) {
                failures.remove(key);
            }
            again.ifPresent(delay -> addAt(key, began.plus(delay)));
        } catch (Failure e) {
            LOG.debug("{} {}: {}", controller.name(), key, e.getMessage());
            retry(key);
        } catch (RuntimeException e) {
            if (!isClosed()) {
                LOG.warn("{} failed at {} and tries again", controller.name(), key, e);
            }
            retry(key);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void retry(Key key) {
        int before;
        synchronized (this) {
            before = failures.merge(key, 1, Integer::sum) - 1;
        }
        Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(before, MAX_DOUBLINGS));
        addAt(key, clock.instant().plus(delay.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : delay));
    }

    /** An alarm of a key replaces a later one; the later one still rings, which does no harm. */
    private void addAt(Key key, Instant due) {
        synchronized (this) {
            Instant earlier = alarms.get(key);
            if (closed || (earlier != null && !earlier.isAfter(due))) {
                return;
            }
            alarms.put(key, due);
        }
        timer.at(due, () -> ring(key, due));
    }

    private synchronized void ring(Key key, Instant due) {
        if (due.equals(alarms.get(key))) {
            alarms.remove(key);
        }
        add(key);
    }
}
