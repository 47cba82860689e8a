package io.statefulkit.embedded.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The last changes of one resource, in a ring; each has a sequence number of its own. Guarded by the store's lock. */
final class History {

    private static final int FIRST_SIZE = 64;

    private final int capacity;
    private @Nullable Change[] ring = new Change[FIRST_SIZE];
    private long first;
    private long next;
    private long oldest;

    /**
     * Starts an empty history.
     *
     * @param capacity how many changes are kept
     * @param revision the revision that the store has now
     */
    History(int capacity, long revision) {
        this.capacity = Math.max(FIRST_SIZE, capacity);
        this.oldest = revision;
    }

    void add(Change change) {
        if (next - first == ring.length) {
            makeRoom();
        }
        ring[slot(next)] = change;
        next++;
    }

    private void makeRoom() {
        if (ring.length >= capacity) {
            oldest = at(first).revision();
            first++;
            return;
        }
        @Nullable Change[] larger = new Change[Math.min(capacity, ring.length * 2)];
        for (long sequence = first; sequence < next; sequence++) {
            larger[(int) (sequence % larger.length)] = ring[slot(sequence)];
        }
        ring = larger;
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
