package io.statefulkit.embedded.control.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Selector;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Which pods are behind which services. Safe for many threads. */
final class ServiceBackends {

    private final Map<Key, Resource> services = new ConcurrentHashMap<>();

    void changed(Change change, Consumer<Key> queue) {
        if (change.type().equals(ResourceCatalog.SERVICES)) {
            if (change.deleted()) {
                services.remove(change.after().key());
            } else {
                services.put(change.after().key(), change.after());
            }
            queue.accept(change.after().key());
        } else if (matters(change)) {
            for (Resource service : services.values()) {
                if (service.namespace().equals(change.after().namespace())
                        && (selects(service, change.after()) || selects(service, change.before()))) {
                    queue.accept(service.key());
                }
            }
        }
    }

    /** Whether somebody else's endpoints may be meant: services without a selector. */
    static boolean managed(Resource service) {
        return !service.spec().path("selector").isEmpty()
                && !service.spec().path("type").asText("").equals("ExternalName");
    }

    static boolean headless(Resource service) {
        return service.spec().path("clusterIP").asText("").equals("None");
    }

    static List<Backend> of(Resource service, Cluster cluster) {
        return cluster.list(ResourceCatalog.PODS, service.namespace()).stream()
                .filter(pod -> selects(service, pod) && Backend.possible(pod))
                .map(pod -> new Backend(service, pod))
                .sorted(Comparator.comparing(Backend::ip))
                .toList();
    }

    private static boolean selects(Resource service, Resource pod) {
        JsonNode selector = service.spec().path("selector");
        return managed(service)
                && Selector.matchesLabels(selector, pod.json().path("metadata").path("labels"));
    }

    /** Most changes of a pod's status say nothing about its address or readiness. */
    private static boolean matters(Change change) {
        Resource before = change.before();
        Resource after = change.after();
        // A pod that is deleted without grace is gone with the next change.
        boolean going = after.deleting()
                && after.json()
                                .path("metadata")
                                .path("deletionGracePeriodSeconds")
                                .asInt(1)
                        == 0;
        return change.deleted() || (!going && changedVisibly(before, after));
    }

    private static boolean changedVisibly(Resource before, Resource after) {
        return before == after
                || Backend.possible(before) != Backend.possible(after)
                || before.is("Ready") != after.is("Ready")
                || before.deleting() != after.deleting()
                || !before.status().path("podIP").equals(after.status().path("podIP"))
                || !before.json()
                        .path("metadata")
                        .path("labels")
                        .equals(after.json().path("metadata").path("labels"));
    }
}
