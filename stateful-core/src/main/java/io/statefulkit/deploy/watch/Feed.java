package io.statefulkit.deploy.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live copies of the objects of a source: one list, then a watch. It has no thread of its own: whoever waits calls
 * {@link #mend()} from time to time, which lists again when the watch has ended or has been silent for too long, since
 * a connection that died without a word looks just like a quiet one.
 */
final class Feed<T extends HasMetadata> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Source<T> source;
    private final Runnable changed;
    private final Duration silence;
    private final LongSupplier nanoTime;

    private final Map<String, T> live = new LinkedHashMap<>();
    private final AtomicReference<@Nullable AutoCloseable> watch = new AtomicReference<>();
    private final AtomicBoolean broken = new AtomicBoolean(true);
    private final AtomicBoolean closed = new AtomicBoolean();
    /** The number of the current watch: what an older one still says does not count. */
    private final AtomicLong epoch = new AtomicLong();
    /** The number of the watch that ended last: it may end before the call that started it has returned. */
    private final AtomicLong lastEnded = new AtomicLong(-1);
    /** When the server was heard last. */
    private final AtomicLong heard = new AtomicLong();

    /**
     * Creates a feed that has not listed yet.
     *
     * @param changed called after each change, by a thread of the client; must be quick
     * @param silence after how long without a word the objects are listed again
     * @param nanoTime the clock
     */
    Feed(Source<T> source, Runnable changed, Duration silence, LongSupplier nanoTime) {
        this.source = source;
        this.changed = changed;
        this.silence = silence;
        this.nanoTime = nanoTime;
    }

    /** Returns the objects there are, in the order in which they appeared. */
    synchronized List<T> items() {
        return List.copyOf(live.values());
    }

    /** Lists for the first time; unlike later, a refusal is thrown. */
    void open() {
        relist();
    }

    /** Lists again if that is needed; a refusal is logged, and tried again at a later call. */
    void mend() {
        synchronized (this) {
            long quiet = nanoTime.getAsLong() - heard.get();
            boolean due = broken.get() ? quiet >= RETRY.toNanos() : quiet >= silence.toNanos();
            if (closed.get() || !due) {
                return;
            }
        }
        try {
            relist();
        } catch (KubernetesClientException e) {
            LOG.debug("cannot list again, will be tried again", e);
        }
    }

    private void relist() {
        long mine;
        AutoCloseable before;
        synchronized (this) {
            mine = epoch.incrementAndGet();
            before = watch.getAndSet(null);
            broken.set(true);
            heard.set(nanoTime.getAsLong());
        }
        closeQuietly(before);
        Source.Page<T> page = source.list();
        synchronized (this) {
            if (mine != epoch.get()) {
                return;
            }
            live.clear();
            page.items().forEach(item -> live.put(item.getMetadata().getUid(), item));
        }
        changed.run();
        AutoCloseable started = source.watch(page.resourceVersion(), new Listener(mine));
        synchronized (this) {
            if (!closed.get() && mine == epoch.get()) {
                watch.set(started);
                broken.set(lastEnded.get() == mine);
                return;
            }
        }
        closeQuietly(started);
    }

    private void event(long from, Watcher.Action action, T object) {
        synchronized (this) {
            if (from != epoch.get() || closed.get()) {
                return;
            }
            heard.set(nanoTime.getAsLong());
            switch (action) {
                case ADDED, MODIFIED -> live.put(object.getMetadata().getUid(), object);
                case DELETED -> live.remove(object.getMetadata().getUid());
                case BOOKMARK, ERROR -> {
                    return;
                }
            }
        }
        changed.run();
    }

    private void ended(long from) {
        synchronized (this) {
            if (from != epoch.get() || closed.get()) {
                return;
            }
            broken.set(true);
            lastEnded.set(from);
            // Due at once: the first attempt after an end need not wait.
            heard.set(nanoTime.getAsLong() - RETRY.toNanos());
        }
        changed.run();
    }

    @Override
    public void close() {
        AutoCloseable last;
        synchronized (this) {
            closed.set(true);
            last = watch.getAndSet(null);
        }
        closeQuietly(last);
    }

    private static void closeQuietly(@Nullable AutoCloseable watch) {
        if (watch == null) {
            return;
        }
        try {
            watch.close();
        } catch (Exception e) {
            LOG.debug("a watch did not close cleanly", e);
        }
    }

    /** Takes the events of one watch; a watch that has been replaced is not listened to any more. */
    private final class Listener implements Watcher<T> {

        private final long from;

        private Listener(long from) {
            this.from = from;
        }

        @Override
        public void eventReceived(Action action, T object) {
            event(from, action, object);
        }

        @Override
        public void onClose() {
            ended(from);
        }

        @Override
        public void onClose(WatcherException cause) {
            ended(from);
        }
    }
}
