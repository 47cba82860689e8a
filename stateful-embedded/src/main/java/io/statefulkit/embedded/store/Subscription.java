package io.statefulkit.embedded.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader of the history of a resource. It holds a position in the history instead of a queue, so a slow listener
 * costs no memory. Closing is idempotent; no call starts after it.
 */
public final class Subscription implements AutoCloseable {

    /** Start with what is there now. */
    public static final long FROM_NOW = -1;

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final int BATCH = 256;
    private static final int PASSED_BY = 128;

    private final Source source;
    private final Executor dispatcher;
    private final SubscriptionListener listener;
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final AtomicInteger passedBy = new AtomicInteger();
    private volatile boolean closed;
    private volatile boolean progressWanted;

    // Touched by one thread at a time: the one that delivers.
    private long position;
    private @Nullable Snapshot initial;

    Subscription(
            Source source,
            Executor dispatcher,
            SubscriptionListener listener,
            long position,
            @Nullable Snapshot initial) {
        this.source = source;
        this.dispatcher = dispatcher;
        this.listener = listener;
        this.position = position;
        this.initial = initial;
    }

    /** Asks for a call of {@link SubscriptionListener#progress} after what is due now. */
    public void requestProgress() {
        progressWanted = true;
        wake();
    }

    @Override
    public void close() {
        closed = true;
        source.shelf().subscriptions().remove(this);
    }

    void wakeFor(ObjectKey key) {
        boolean concerned = source.namespace().isEmpty() || source.namespace().equals(key.namespace());
        // One that nothing concerns for long has to move on, too: the history would forget where it stands.
        if (concerned || passedBy.incrementAndGet() >= PASSED_BY) {
            passedBy.set(0);
            wake();
        }
    }

    void wake() {
        if (!closed && wakeUps.getAndIncrement() == 0) {
            schedule();
        }
    }

    private void schedule() {
        try {
            dispatcher.execute(this::deliver);
        } catch (RejectedExecutionException e) {
            closed = true; // The API server is shut down.
        }
    }

    private void deliver() {
        int seen = wakeUps.get();
        boolean more = false;
        try {
            more = deliverBatch();
        } catch (RuntimeException e) {
            LOG.error("a watch is closed because its listener failed", e);
            close();
        }
        if (more || wakeUps.addAndGet(-seen) != 0) {
            schedule();
        }
    }

    /** Delivers some changes; returns whether there may be more. */
    private boolean deliverBatch() {
        Snapshot first = initial;
        if (first != null && !closed) {
            initial = null;
            listener.initial(first);
        }
        Batch batch = source.read(position);
        if (batch.lost()) {
            if (!closed) {
                close();
                listener.lost(batch.revision());
            }
            return false;
        }
        for (Change change : batch.changes()) {
            if (closed) {
                return false;
            }
            listener.changed(change);
        }
        position = batch.position();
        if (!batch.more() && progressWanted && !closed) {
            progressWanted = false;
            listener.progress(batch.revision());
        }
        return batch.more();
    }

    /** What a subscription reads from. */
    record Source(ObjectStore store, Shelf shelf, String namespace) {

        Batch read(long position) {
            return store.locked(() -> {
                History history = shelf.history();
                if (position < history.first()) {
                    return new Batch(List.of(), position, false, true, history.oldest());
                }
                long end = Math.min(history.next(), position + BATCH);
                List<Change> changes = new ArrayList<>();
                for (long sequence = position; sequence < end; sequence++) {
                    Change change = history.at(sequence);
                    if (namespace.isEmpty() || namespace.equals(change.key().namespace())) {
                        changes.add(change);
                    }
                }
                return new Batch(changes, end, end < history.next(), false, store.revision());
            });
        }
    }

    /** Some changes, and where to go on. */
    record Batch(List<Change> changes, long position, boolean more, boolean lost, long revision) {}
}
