package io.statefulkit.embedded.control.cleanup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Empties namespaces that are deleted, pods first, and lets them go. */
public final class Namespaces implements Controller {

    private static final ResourceType NAMESPACES = ResourceCatalog.NAMESPACES;
    private static final ResourceType PODS = ResourceCatalog.PODS;
    private static final Duration SETTLING = Duration.ofMillis(100);

    private final Cluster cluster;
    private final List<ResourceType> contents;
    private final Set<String> terminating = ConcurrentHashMap.newKeySet();
    private final Set<String> withPods = ConcurrentHashMap.newKeySet();

    /** Makes the controller. */
    public Namespaces(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
        this.contents =
                api.catalog().types().stream().filter(ResourceType::namespaced).toList();
    }

    @Override
    public String name() {
        return "namespace-controller";
    }

    @Override
    public Set<ResourceType> watches() {
        return Stream.concat(contents.stream(), Stream.of(NAMESPACES)).collect(Collectors.toSet());
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        Resource object = change.after();
        if (!change.type().equals(NAMESPACES)) {
            if (terminating.contains(object.namespace())) {
                queue.accept(new Key("", object.namespace()));
            }
        } else if (change.deleted()) {
            terminating.remove(object.name());
            withPods.remove(object.name());
        } else if (object.deleting()) {
            terminating.add(object.name());
            queue.accept(object.key());
        }
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        return cluster.find(NAMESPACES, key).filter(Resource::deleting).flatMap(this::empty);
    }

    private Optional<Duration> empty(Resource namespace) {
        Map<ResourceType, List<Resource>> left = new HashMap<>();
        boolean podless = removePods(namespace, left);
        if (podless && withPods.remove(namespace.name())) {
            // What controls pods sees them go before it goes itself.
            return Optional.of(SETTLING);
        }
        for (ResourceType type : podless ? contents : List.<ResourceType>of()) {
            List<Resource> remaining = remove(namespace, type);
            if (!remaining.isEmpty()) {
                left.put(type, remaining);
            }
        }
        if (left.isEmpty()) {
            finish(namespace);
        } else {
            cluster.editStatus(
                    NAMESPACES, namespace, current -> NamespaceConditions.write(current, left, cluster.now()));
        }
        return Optional.empty();
    }

    /** Other things must wait until the pods that use them are gone. */
    private boolean removePods(Resource namespace, Map<ResourceType, List<Resource>> left) {
        List<Resource> pods = remove(namespace, PODS);
        if (!pods.isEmpty()) {
            left.put(PODS, pods);
            withPods.add(namespace.name());
        }
        return pods.isEmpty();
    }

    /** Deletes what is there and returns what stays for now. */
    private List<Resource> remove(Resource namespace, ResourceType type) {
        List<Resource> all = cluster.list(type, namespace.name());
        all.stream().filter(object -> !object.deleting()).forEach(object -> cluster.delete(type, object));
        return all.isEmpty() ? all : cluster.list(type, namespace.name());
    }

    private void finish(Resource namespace) {
        ObjectNode body = namespace.json().deepCopy();
        Json.child(body, "spec").putArray("finalizers");
        try {
            cluster.api().update(NAMESPACES, "", namespace.name(), "finalize", body, WriteOptions.by(name()));
        } catch (Failure e) {
            if (e.code() != 404) {
                throw e;
            }
        }
    }
}
