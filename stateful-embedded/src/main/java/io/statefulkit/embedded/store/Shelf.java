package io.statefulkit.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The objects of one resource with their history and those who follow it. Guarded by the store's lock. */
final class Shelf {

    private final NavigableMap<ObjectKey, ObjectNode> objects = new TreeMap<>();
    // What was listed since the last change, by namespace.
    private final Map<String, List<ObjectNode>> listed = new HashMap<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final String resource;
    private final History history;

    Shelf(String resource, History history) {
        this.resource = resource;
        this.history = history;
    }

    @Nullable
    ObjectNode get(ObjectKey key) {
        return objects.get(key);
    }

    void put(ObjectKey key, ObjectNode object) {
        listed.clear();
        objects.put(key, object);
    }

    void remove(ObjectKey key) {
        listed.clear();
        objects.remove(key);
    }

    History history() {
        return history;
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    /** Returns the objects of a namespace, or all of them, as they were at a revision that the history knows. */
    List<ObjectNode> inAt(String namespace, long revision) {
        if (history.after(revision) == history.next()) {
            return in(namespace);
        }
        Shelf then = new Shelf(resource, history);
        then.objects.putAll(objects);
        for (long sequence = history.next() - 1; sequence >= history.after(revision); sequence--) {
            Change change = history.at(sequence);
            change.before().ifPresentOrElse(before -> then.put(change.key(), before), () -> then.remove(change.key()));
        }
        return then.in(namespace);
    }

    /** Returns the objects of a namespace, or all of them when it is empty: the same list until something changes. */
    List<ObjectNode> in(String namespace) {
        List<ObjectNode> known = listed.get(namespace);
        if (known != null) {
            return known;
        }
        List<ObjectNode> found = list(namespace);
        if (!found.isEmpty()) {
            // Of the others there is no end: a namespace that goes is looked through for each kind.
            listed.put(namespace, found);
        }
        return found;
    }

    private List<ObjectNode> list(String namespace) {
        if (namespace.isEmpty()) {
            return List.copyOf(objects.values());
        }
        ObjectKey first = new ObjectKey(resource, namespace, "");
        ObjectKey last = new ObjectKey(resource, namespace, "\uffff");
        return List.copyOf(objects.subMap(first, true, last, true).values());
    }
}
