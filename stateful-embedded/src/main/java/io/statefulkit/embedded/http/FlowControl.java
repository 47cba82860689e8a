package io.statefulkit.embedded.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Makes the thread that produces output wait while the client does not read. */
final class FlowControl {

    private final BooleanSupplier full;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean ended;

    FlowControl(BooleanSupplier full) {
        this.full = full;
    }

    /** Says that the client reads again. */
    void ready() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Says that nobody reads any more: nothing waits from now on. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits while the connection is full; an interrupt ends the waiting. */
    void await() {
        lock.lock();
        try {
            while (!ended && full.getAsBoolean()) {
                // The limit covers a signal that came before the wait: the queue drains without this lock.
                if (!changed.await(100, TimeUnit.MILLISECONDS) && ended) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
