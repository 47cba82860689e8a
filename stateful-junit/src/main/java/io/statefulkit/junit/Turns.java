package io.statefulkit.junit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets so many namespaces of a run be there at a time, and others wait. A thread that runs tests of one class may be lent to another one
 * until the first can go on: there nobody waits, since what is waited for may be what waits for this thread. Thread-safe.
 */
final class Turns {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition freed = lock.newCondition();
    private final ThreadLocal<Deque<String>> classes = ThreadLocal.withInitial(ArrayDeque::new);
    private final AtomicInteger taken = new AtomicInteger();

    /** Nobody waits for longer than 10 minutes. */
    Turns() {
        this(PATIENCE);
    }

    Turns(Duration patience) {
        this.patience = patience;
    }

    /** This thread begins to run a class of this unique id. */
    void enter(String id) {
        classes.get().push(id);
    }

    /** This thread is done with a class; nothing happens if it did not begin it, as where another extension failed before. */
    void leave(String id) {
        Deque<String> mine = classes.get();
        mine.removeFirstOccurrence(id);
        if (mine.isEmpty()) {
            classes.remove();
        }
    }

    /**
     * Waits until there are fewer than this, and takes one.
     *
     * @param id the unique id of who asks
     * @return what gives it back
     */
    AutoCloseable take(int most, String id) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (taken.get() >= most && isOnItsOwn(id) && left > 0) {
                left = freed.awaitNanos(left);
            }
            if (left <= 0) {
                LOG.warn(
                        "{} namespaces are in use since {} s, and {} goes on beside them, though no more than {} are"
                                + " wanted (statefulkit.parallelNamespaces)",
                        taken.get(),
                        TimeUnit.NANOSECONDS.toSeconds(patience.toNanos()),
                        id,
                        most);
            }
            taken.incrementAndGet();
            return this::giveBack;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it waited for its turn to have a namespace", e);
        } finally {
            lock.unlock();
        }
    }

    /** Whether all that this thread runs belongs to who asks. */
    private boolean isOnItsOwn(String id) {
        return classes.get().stream().allMatch(id::startsWith);
    }

    private void giveBack() {
        lock.lock();
        try {
            taken.decrementAndGet();
            // Not all want the same number: who waits longest may have to wait on where another one need not.
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
