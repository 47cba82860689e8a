package io.statefulkit.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The objects of one resource with their history and those who follow it. Guarded by the store's lock. */
final class Shelf {

    private final NavigableMap<ObjectKey, ObjectNode> objects = new TreeMap<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final String resource;
    private final History history;

    Shelf(String resource, History history) {
        this.resource = resource;
        this.history = history;
    }

    NavigableMap<ObjectKey, ObjectNode> objects() {
        return objects;
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
            change.before()
                    .ifPresentOrElse(
                            before -> then.objects.put(change.key(), before), () -> then.objects.remove(change.key()));
        }
        return then.in(namespace);
    }

    /** Returns the objects of a namespace, or all of them when it is empty. */
    List<ObjectNode> in(String namespace) {
        if (namespace.isEmpty()) {
            return new ArrayList<>(objects.values());
        }
        ObjectKey first = new ObjectKey(resource, namespace, "");
        ObjectKey last = new ObjectKey(resource, namespace, "\uffff");
        return new ArrayList<>(objects.subMap(first, true, last, true).values());
    }
}
