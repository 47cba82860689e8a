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

    /** Returns the objects of a namespace, or all of them when it is empty. */
    List<ObjectNode> in(String namespace) {
        if (namespace.isEmpty()) {
            return new ArrayList<>(objects.values());
        }
        // No name contains the character after NUL, so this is the range of exactly one namespace.
        return new ArrayList<>(objects.subMap(
                        new ObjectKey(resource, namespace, ""),
                        true,
                        new ObjectKey(resource, namespace + "\0", ""),
                        false)
                .values());
    }
}
