package io.statefulkit.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects under one revision counter. Safe for use by many threads.
 *
 * <p>Trees that go in belong to the store from then on, and trees that come out are shared: nobody may modify them. A
 * write names the very tree that it replaces and fails when another writer was faster.
 */
public final class ObjectStore {

    /** The revision before the first write: older ones count as compacted, as in a cluster that has run for a while. */
    public static final long FIRST_REVISION = 1000;

    private static final int HISTORY = 8192;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Shelf> shelves = new HashMap<>();
    private final Executor dispatcher;
    private final int history;
    private long revision = FIRST_REVISION;

    /**
     * Makes an empty store.
     *
     * @param dispatcher runs the listeners of subscriptions
     */
    public ObjectStore(Executor dispatcher) {
        this(dispatcher, HISTORY);
    }

    /** Makes an empty store that keeps so many changes of each resource at most. */
    public ObjectStore(Executor dispatcher, int history) {
        this.dispatcher = dispatcher;
        this.history = history;
    }

    /** Returns the revision of the last write. */
    public long revision() {
        return locked(() -> revision);
    }

    /** Returns the object, or empty when there is none. */
    public Optional<ObjectNode> get(ObjectKey key) {
        return locked(() -> Optional.ofNullable(shelf(key.resource()).get(key)));
    }

    /** Returns the objects of a namespace, or of all namespaces when it is empty. */
    public Snapshot list(String resource, String namespace) {
        return locked(() -> new Snapshot(revision, shelf(resource).in(namespace)));
    }

    /** Returns the objects as they were at a revision, or empty when the history does not reach back so far. */
    public Optional<Snapshot> listAt(String resource, String namespace, long at) {
        return locked(() -> {
            Shelf shelf = shelf(resource);
            return at < shelf.history().oldest() || at > revision
                    ? Optional.empty()
                    : Optional.of(new Snapshot(at, shelf.inAt(namespace, at)));
        });
    }

    /** Stores a new object; returns it with its resourceVersion, or empty when the key is taken. */
    public Optional<ObjectNode> create(ObjectKey key, ObjectNode object) {
        return write(key, null, object);
    }

    /**
     * Stores an object in place of another. When both are the same but for the times of managed fields, nothing happens.
     *
     * @param expected the tree that is replaced
     * @return what is stored now, or empty when another writer was faster
     */
    public Optional<ObjectNode> replace(ObjectKey key, ObjectNode expected, ObjectNode next) {
        if (SameObject.same(expected, next)) {
            return get(key).filter(current -> isVery(current, expected));
        }
        return write(key, expected, next);
    }

    /**
     * Removes an object.
     *
     * @param expected the tree that is removed
     * @return the object with the revision of its removal, or empty when another writer was faster
     */
    public Optional<ObjectNode> remove(ObjectKey key, ObjectNode expected) {
        ObjectNode last = Json.shallowCopyWithMetadata(expected);
        boolean removed = locked(() -> {
            Shelf shelf = shelf(key.resource());
            if (!isVery(shelf.get(key), expected)) {
                return false;
            }
            shelf.remove(key);
            stamp(last);
            shelf.history().add(new Change(revision, key, last, null));
            return true;
        });
        return removed ? Optional.of(wakeAll(key, last)) : Optional.empty();
    }

    /**
     * Follows the changes of a resource.
     *
     * @param namespace the namespace, or empty for all
     * @param from where to start: changes after this revision, or {@link Subscription#FROM_NOW} for what is there as
     *     initial objects first
     * @return the running subscription, or empty when the history does not reach back so far
     */
    public Optional<Subscription> subscribe(
            String resource, String namespace, long from, SubscriptionListener listener) {
        Subscription subscription = locked(() -> {
            Shelf shelf = shelf(resource);
            if (from != Subscription.FROM_NOW && from < shelf.history().oldest()) {
                return null;
            }
            boolean initial = from == Subscription.FROM_NOW;
            Subscription made = new Subscription(
                    new Subscription.Source(this, shelf, namespace),
                    dispatcher,
                    listener,
                    initial ? shelf.history().next() : shelf.history().after(from),
                    initial ? new Snapshot(revision, shelf.in(namespace)) : null);
            shelf.subscriptions().add(made);
            return made;
        });
        if (subscription != null) {
            subscription.wake();
        }
        return Optional.ofNullable(subscription);
    }

    /** Returns the oldest revision from which changes of a resource can be followed. */
    public long oldest(String resource) {
        return locked(() -> shelf(resource).history().oldest());
    }

    /** Forgets the history: whoever wants to continue from an earlier revision must list again. */
    public void compact() {
        List<Subscription> woken = new ArrayList<>();
        locked(() -> {
            for (Shelf shelf : shelves.values()) {
                shelf.history().forget(revision);
                woken.addAll(shelf.subscriptions());
            }
            return revision;
        });
        woken.forEach(Subscription::wake);
    }

    private Optional<ObjectNode> write(ObjectKey key, @Nullable ObjectNode expected, ObjectNode next) {
        boolean written = locked(() -> {
            Shelf shelf = shelf(key.resource());
            if (!isVery(shelf.get(key), expected)) {
                return false;
            }
            stamp(next);
            shelf.put(key, next);
            shelf.history().add(new Change(revision, key, expected, next));
            return true;
        });
        return written ? Optional.of(wakeAll(key, next)) : Optional.empty();
    }

    @SuppressWarnings("ReferenceEquality") // Trees in the store are never modified, so being the same one is the point.
    private static boolean isVery(@Nullable ObjectNode stored, @Nullable ObjectNode expected) {
        return stored == expected;
    }

    private void stamp(ObjectNode object) {
        revision++;
        Json.child(object, "metadata").put("resourceVersion", Long.toString(revision));
    }

    private ObjectNode wakeAll(ObjectKey key, ObjectNode object) {
        for (Subscription subscription : locked(() -> shelf(key.resource()).subscriptions())) {
            subscription.wakeFor(key);
        }
        return object;
    }

    private Shelf shelf(String resource) {
        return shelves.computeIfAbsent(
                resource, name -> new Shelf(name, new History(history, FIRST_REVISION, System::nanoTime)));
    }

    <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
