package io.statefulkit.embedded.control.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.Owned;
import io.statefulkit.embedded.control.loop.Ownership;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Selector;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps as many pods as replica sets ask for. */
public final class ReplicaSets implements Controller {

    private static final ResourceType SETS = ResourceCatalog.REPLICA_SETS;
    private static final ResourceType PODS = ResourceCatalog.PODS;

    private final Cluster cluster;
    private final Ownership ownership;
    private final Owned owned = new Owned("ReplicaSet");

    /** Makes the controller. */
    public ReplicaSets(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
        this.ownership = new Ownership(cluster, SETS);
    }

    @Override
    public String name() {
        return "replicaset-controller";
    }

    @Override
    public Set<ResourceType> watches() {
        return Set.of(SETS, PODS);
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        owned.changed(change, queue);
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        return cluster.find(SETS, key).flatMap(this::sync);
    }

    private Optional<Duration> sync(Resource set) {
        List<Resource> pods = pods(set);
        Optional<Failure> failure = Optional.empty();
        if (!set.deleting()) {
            failure = scale(set, pods.stream().filter(Pods::active).toList());
        }
        // One time for both: a pod that becomes available between two looks would be counted by none.
        Instant now = cluster.now();
        ObjectNode status = ReplicaSetStatus.of(set, pods, failure, now);
        if (!Json.same(set.status(), status)) {
            cluster.editStatus(SETS, set, current -> current.set("status", status));
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        int minReady = set.spec().path("minReadySeconds").asInt(0);
        return pods.stream()
                .flatMap(pod -> Pods.availableIn(pod, minReady, now).stream())
                .min(Comparator.naturalOrder());
    }

    private List<Resource> pods(Resource set) {
        return ownership.claim(
                set,
                PODS,
                cluster.list(PODS, set.namespace()),
                pod -> Selector.matches(set.spec().path("selector"), pod));
    }

    private Optional<Failure> scale(Resource set, List<Resource> active) {
        int missing = set.spec().path("replicas").asInt(1) - active.size();
        try {
            for (int i = 0; i < missing; i++) {
                create(set);
            }
            if (missing < 0) {
                active.stream().sorted(new DeletionOrder()).limit(-missing).forEach(pod -> delete(set, pod));
            }
            return Optional.empty();
        } catch (Failure e) {
            return Optional.of(e);
        }
    }

    private void create(Resource set) {
        ObjectNode pod = Pods.of(set.spec().path("template"), set);
        Json.child(pod, "metadata").put("generateName", set.name() + "-");
        try {
            Resource created = cluster.create(PODS, set.namespace(), pod);
            cluster.events().normal(set, "SuccessfulCreate", "Created pod: " + created.name());
        } catch (Failure e) {
            cluster.events().warning(set, "FailedCreate", "Error creating: " + e.getMessage());
            throw e;
        }
    }

    private void delete(Resource set, Resource pod) {
        try {
            if (cluster.delete(PODS, pod)) {
                cluster.events().normal(set, "SuccessfulDelete", "Deleted pod: " + pod.name());
            }
        } catch (Failure e) {
            cluster.events().warning(set, "FailedDelete", "Error deleting: " + e.getMessage());
            throw e;
        }
    }
}
