package io.statefulkit.embedded.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The last changes of one resource, in a ring; each has a sequence number of its own. As many as fit are kept while they are fresh, for
 * readers that are slow in a storm of changes, and a few when they are not: a cluster that runs for long must not grow. Guarded by the
 * store's lock.
 */
final class History {

    private static final int FIRST_SIZE = 64;

    /** How many are kept however old they are. */
    static final int ALWAYS = 512;

    /** How long all are kept, as far as they fit. */
    static final Duration FRESH = Duration.ofSeconds(10);

    private final int capacity;
    private final LongSupplier nanoTime;
    private @Nullable Change[] ring = new Change[FIRST_SIZE];
    private long[] times = new long[FIRST_SIZE];
    private long first;
    private long next;
    private long oldest;

    /**
     * Starts an empty history.
     *
     * @param capacity how many changes are kept at most
     * @param revision the revision that the store has now
     * @param nanoTime tells how fresh a change is
     */
    History(int capacity, long revision, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.capacity = Math.max(FIRST_SIZE, capacity);
        this.oldest = revision;
    }

    void add(Change change) {
        long now = nanoTime.getAsLong();
        while (next - first >= ALWAYS && now - times[slot(first)] > FRESH.toNanos()) {
            forgetFirst();
        }
        if (next - first == ring.length) {
            makeRoom();
        }
        ring[slot(next)] = change;
        times[slot(next)] = now;
        next++;
    }

    private void forgetFirst() {
        oldest = at(first).revision();
        ring[slot(first)] = null;
        first++;
    }

    private void makeRoom() {
        if (ring.length >= capacity) {
            forgetFirst();
            return;
        }
        int size = Math.min(capacity, ring.length * 2);
        @Nullable Change[] larger = new Change[size];
        long[] largerTimes = new long[size];
        for (long sequence = first; sequence < next; sequence++) {
            larger[(int) (sequence % size)] = ring[slot(sequence)];
            largerTimes[(int) (sequence % size)] = times[slot(sequence)];
        }
        ring = larger;
        times = largerTimes;
    }

    /** Returns the oldest revision that a reader can continue from. */
    long oldest() {
        return oldest;
    }

    /** Returns the sequence number of the first change that is kept. */
    long first() {
        return first;
    }

    /** Returns the sequence number that the next change will get. */
    long next() {
        return next;
    }

    Change at(long sequence) {
        Change change = ring[slot(sequence)];
        if (sequence < first || sequence >= next || change == null) {
            throw new IllegalArgumentException("no change " + sequence + ": there are " + first + " to " + next);
        }
        return change;
    }

    /** Returns the sequence number of the first change after a revision. */
    long after(long revision) {
        long low = first;
        long high = next;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (at(middle).revision() > revision) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Forgets all changes, as if they were too old. */
    void forget(long revision) {
        first = next;
        oldest = revision;
        Arrays.fill(ring, null);
    }

    private int slot(long sequence) {
        return (int) (sequence % ring.length);
    }
}
