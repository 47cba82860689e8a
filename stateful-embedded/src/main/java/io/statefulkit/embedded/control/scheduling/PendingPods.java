package io.statefulkit.embedded.control.scheduling;

import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.volume.Claims;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pods that wait for a node, and the claims they wait for. Safe for many threads. */
final class PendingPods {

    private final Map<Key, Set<Key>> claims = new HashMap<>();
    private final Map<Key, Set<Key>> pods = new HashMap<>();
    private final Set<Key> forOthers = new HashSet<>();

    synchronized void add(Resource pod) {
        if (claims.containsKey(pod.key())) {
            return;
        }
        Set<Key> wanted = new HashSet<>();
        Claims.of(pod).forEach(claim -> wanted.add(new Key(pod.namespace(), claim)));
        claims.put(pod.key(), wanted);
        if (Neighbours.waitsForOthers(pod)) {
            forOthers.add(pod.key());
        }
        wanted.forEach(
                claim -> pods.computeIfAbsent(claim, any -> new HashSet<>()).add(pod.key()));
    }

    /** Returns whether the pod was waiting. */
    synchronized boolean remove(Key pod) {
        forOthers.remove(pod);
        Set<Key> wanted = claims.remove(pod);
        if (wanted == null) {
            return false;
        }
        for (Key claim : wanted) {
            Set<Key> others = pods.get(claim);
            if (others != null) {
                others.remove(pod);
                if (others.isEmpty()) {
                    pods.remove(claim);
                }
            }
        }
        return true;
    }

    synchronized List<Key> all() {
        return List.copyOf(claims.keySet());
    }

    /** Returns those for which it matters where other pods are. */
    synchronized List<Key> waitingForOthers() {
        return List.copyOf(forOthers);
    }

    synchronized List<Key> waitingFor(Key claim) {
        return List.copyOf(pods.getOrDefault(claim, Set.of()));
    }
}
