package io.statefulkit.survival.ledger;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When writers try again after an operation that was not acknowledged: one after the other and not all at once, so that together they see the
 * end of an outage as exactly as if one of them tried that often. Thread-safe.
 */
final class Tries {

    /** Often enough for an outage to be seen to within 20 ms, and not so often that trying is what a starting server is busy with. */
    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long MOST = TimeUnit.MILLISECONDS.toNanos(100);

    private final long between;
    private final AtomicLong last;

    /** Twice as often as there are operations while the database answers, at most every 5 ms, at least every 100 ms. */
    Tries(double rate, long now) {
        this.between = Math.max(LEAST, Math.min(MOST, (long) (TimeUnit.SECONDS.toNanos(1) / (2 * rate))));
        this.last = new AtomicLong(now);
    }

    /** The time at which whoever asks is to try next. */
    long next(long now) {
        return last.updateAndGet(before -> now - before > between ? now : before + between);
    }
}
