package io.statefulkit.embedded.control.scheduling;

import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Pods;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How many pods each node has, kept by following their changes. */
final class NodeLoad {

    private final Map<Key, String> nodes = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<Key> exclusive = new HashSet<>();

    synchronized void changed(Change change) {
        Key pod = change.after().key();
        String node = change.after().spec().path("nodeName").asText("");
        if (change.deleted() || node.isEmpty() || Pods.terminal(change.after())) {
            exclusive.remove(pod);
            String before = nodes.remove(pod);
            if (before != null) {
                counts.merge(before, -1, Integer::sum);
            }
        } else if (nodes.put(pod, node) == null) {
            counts.merge(node, 1, Integer::sum);
            if (Neighbours.keepsAway(change.after())) {
                exclusive.add(pod);
            }
        }
    }

    /** Whether some pod keeps others away from where it is. */
    synchronized boolean anyExclusive() {
        return !exclusive.isEmpty();
    }

    synchronized int of(String node) {
        return counts.getOrDefault(node, 0);
    }
}
