package io.statefulkit.embedded.control.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Amount;
import io.statefulkit.embedded.control.loop.Change;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Controller;
import io.statefulkit.embedded.control.loop.Events;
import io.statefulkit.embedded.control.loop.Key;
import io.statefulkit.embedded.control.loop.OwnerRef;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Selector;
import io.statefulkit.embedded.control.loop.Times;
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

/** Counts how many pods may be evicted. */
public final class DisruptionBudgets implements Controller {

    private static final ResourceType BUDGETS = ResourceCatalog.POD_DISRUPTION_BUDGETS;

    /** Whose size tells how many pods there should be. */
    private static final Set<ResourceType> SCALED =
            Set.of(ResourceCatalog.STATEFUL_SETS, ResourceCatalog.REPLICA_SETS, ResourceCatalog.DEPLOYMENTS);

    /** How long a pod that was evicted counts as gone although its deletion is not seen. */
    private static final Duration EVICTED = Duration.ofMinutes(2);

    private final Cluster cluster;
    private final Events events;
    private final Map<Key, Resource> budgets = new ConcurrentHashMap<>();

    /** Makes the controller. */
    public DisruptionBudgets(Api api, Clock clock) {
        this.cluster = new Cluster(api, clock, name());
        // Its events have another name than what it writes.
        this.events = new Cluster(api, clock, "controllermanager").events();
    }

    @Override
    public String name() {
        return "disruption-controller";
    }

    @Override
    public Set<ResourceType> watches() {
        return Set.of(BUDGETS, ResourceCatalog.PODS);
    }

    @Override
    public void changed(Change change, Consumer<Key> queue) {
        Resource object = change.after();
        if (change.type().equals(BUDGETS)) {
            if (change.deleted()) {
                budgets.remove(object.key());
            } else {
                budgets.put(object.key(), object);
                queue.accept(object.key());
            }
            return;
        }
        budgets.values().stream()
                .filter(budget -> budget.namespace().equals(object.namespace()))
                .filter(budget -> Selector.matches(budget.spec().path("selector"), object)
                        || Selector.matches(budget.spec().path("selector"), change.before()))
                .forEach(budget -> queue.accept(budget.key()));
    }

    @Override
    public Optional<Duration> reconcile(Key key) {
        cluster.find(BUDGETS, key).filter(budget -> !budget.deleting()).ifPresent(this::sync);
        return Optional.empty();
    }

    private void sync(Resource budget) {
        List<Resource> pods = cluster.list(ResourceCatalog.PODS, budget.namespace()).stream()
                .filter(pod -> Selector.matches(budget.spec().path("selector"), pod))
                .toList();
        if (pods.isEmpty()) {
            events.normal(budget, "NoPods", "No matching pods found");
        }
        ObjectNode evicted = evicted(budget, pods);
        int healthy = (int) pods.stream()
                .filter(pod -> pod.is("Ready") && !pod.deleting() && !evicted.has(pod.name()))
                .count();
        JsonNode minAvailable = budget.spec().path("minAvailable");
        JsonNode maxUnavailable = budget.spec().path("maxUnavailable");
        int expected = 0;
        int desired = 0;
        if (!maxUnavailable.isMissingNode()) {
            expected = expected(pods);
            desired = Math.max(0, expected - Amount.roundedUp(maxUnavailable, expected));
        } else if (Amount.isPercentage(minAvailable)) {
            expected = expected(pods);
            desired = Amount.roundedUp(minAvailable, expected);
        } else if (!minAvailable.isMissingNode()) {
            expected = pods.size();
            desired = minAvailable.asInt();
        }
        int allowed = expected > 0 ? Math.max(0, healthy - desired) : 0;
        write(budget, new Counts(healthy, desired, expected, allowed), evicted);
    }

    /** What a budget's status says in numbers. */
    private record Counts(int healthy, int desired, int expected, int allowed) {}

    /** Returns the pods that were evicted and are not seen to be deleted yet, with the times of their evictions. */
    private ObjectNode evicted(Resource budget, List<Resource> pods) {
        ObjectNode evicted = Json.object();
        JsonNode before = budget.status().path("disruptedPods");
        for (Resource pod : pods) {
            JsonNode time = before.path(pod.name());
            boolean recent = Times.parse(time.asText("")).plus(EVICTED).isAfter(cluster.now());
            if (recent && !pod.deleting()) {
                evicted.set(pod.name(), time);
            }
        }
        return evicted;
    }

    /** How many pods there should be, as whoever controls them says. */
    private int expected(List<Resource> pods) {
        Map<String, Integer> sizes = new HashMap<>();
        for (Resource pod : pods) {
            Optional<OwnerRef> owner = pod.controller();
            Optional<Resource> set = owner.flatMap(ref -> find(pod.namespace(), ref));
            // Nobody says how many there should be of a pod that stands alone: those are not counted.
            if (set.isEmpty()) {
                continue;
            }
            Resource scaled = set.get()
                    .controller()
                    .flatMap(ref -> find(pod.namespace(), ref))
                    .orElse(set.get());
            sizes.put(scaled.uid(), scaled.spec().path("replicas").asInt(1));
        }
        return sizes.values().stream().mapToInt(Integer::intValue).sum();
    }

    private Optional<Resource> find(String namespace, OwnerRef ref) {
        return cluster.api()
                .catalog()
                .ofKind(ref.apiVersion(), ref.kind())
                .filter(SCALED::contains)
                .flatMap(type -> cluster.find(type, namespace, ref.name()))
                .filter(owner -> owner.uid().equals(ref.uid()));
    }

    private void write(Resource budget, Counts counts, ObjectNode evicted) {
        int allowed = counts.allowed();
        ObjectNode status = Json.object();
        String reason = allowed > 0 ? "SufficientPods" : "InsufficientPods";
        JsonNode before = budget.condition("DisruptionAllowed");
        boolean same = before.path("reason").asText("").equals(reason);
        status.putArray("conditions")
                .addObject()
                .put("type", "DisruptionAllowed")
                .put("status", allowed > 0 ? "True" : "False")
                .put(
                        "lastTransitionTime",
                        same ? before.path("lastTransitionTime").asText() : Times.seconds(cluster.now()))
                .put("observedGeneration", budget.generation())
                .put("reason", reason)
                .put("message", "");
        status.put("currentHealthy", counts.healthy());
        status.put("desiredHealthy", counts.desired());
        if (!evicted.isEmpty()) {
            status.set("disruptedPods", evicted);
        }
        status.put("disruptionsAllowed", allowed);
        status.put("expectedPods", counts.expected());
        status.put("observedGeneration", budget.generation());
        if (!Json.same(budget.status(), status)) {
            cluster.editStatus(BUDGETS, budget, current -> current.set("status", status));
        }
    }
}
