package io.statefulkit.embedded.control.cleanup;

import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.OwnerRef;
import io.statefulkit.embedded.control.loop.Resource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Who owns whom, as far as watches have told. Safe for many threads. */
final class OwnerGraph {

    /**
     * An object.
     *
     * @param type its kind
     * @param object its last known state
     */
    record Node(ResourceType type, Resource object) {}

    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Set<String>> dependents = new HashMap<>();

    synchronized void put(ResourceType type, Resource object) {
        Node before = nodes.put(object.uid(), new Node(type, object));
        if (before != null) {
            unlink(before.object());
        }
        for (OwnerRef owner : object.owners()) {
            dependents
                    .computeIfAbsent(owner.uid(), any -> new LinkedHashSet<>())
                    .add(object.uid());
        }
    }

    synchronized void remove(Resource object) {
        Node before = nodes.remove(object.uid());
        if (before != null) {
            unlink(before.object());
        }
    }

    synchronized boolean knows(String uid) {
        return nodes.containsKey(uid);
    }

    synchronized List<Node> dependents(String uid) {
        return dependents.getOrDefault(uid, Set.of()).stream()
                .map(nodes::get)
                .filter(Objects::nonNull)
                .toList();
    }

    synchronized List<Node> owners(Resource object) {
        return object.owners().stream()
                .map(owner -> nodes.get(owner.uid()))
                .filter(Objects::nonNull)
                .toList();
    }

    private void unlink(Resource object) {
        for (OwnerRef owner : object.owners()) {
            Set<String> siblings = dependents.get(owner.uid());
            if (siblings != null) {
                siblings.remove(object.uid());
                if (siblings.isEmpty()) {
                    dependents.remove(owner.uid());
                }
            }
        }
    }
}
