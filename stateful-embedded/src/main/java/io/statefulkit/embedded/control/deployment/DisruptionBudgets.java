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
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Selector;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Counts how many pods may be evicted. */
public final class DisruptionBudgets implements Controller {

    private static final ResourceType BUDGETS = ResourceCatalog.POD_DISRUPTION_BUDGETS;

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
        return cluster.find(BUDGETS, key).filter(budget -> !budget.deleting()).flatMap(this::sync);
    }

    private Optional<Duration> sync(Resource budget) {
        List<Resource> pods = cluster.list(ResourceCatalog.PODS, budget.namespace()).stream()
                .filter(pod -> Selector.matches(budget.spec().path("selector"), pod))
                .toList();
        if (pods.isEmpty()) {
            events.normal(budget, "NoPods", "No matching pods found");
        }
        pods.forEach(pod -> tellOfSeveral(budget, pod));
        JsonNode minAvailable = budget.spec().path("minAvailable");
        JsonNode maxUnavailable = budget.spec().path("maxUnavailable");
        boolean asksControllers = !maxUnavailable.isMissingNode() || Amount.isPercentage(minAvailable);
        ExpectedPods expected = asksControllers
                ? ExpectedPods.of(pods, cluster)
                : new ExpectedPods(pods.size(), List.of(), Optional.empty());
        if (expected.problem().isPresent()) {
            failed(budget, expected.problem().get());
            return Optional.empty();
        }
        if (!expected.unmanaged().isEmpty()) {
            events.warning(budget, "UnmanagedPods", unmanaged(budget));
        }
        int count = expected.count();
        int desired = 0;
        if (!maxUnavailable.isMissingNode()) {
            desired = Math.max(0, count - Amount.roundedUp(maxUnavailable, count));
        } else if (!minAvailable.isMissingNode()) {
            desired = Amount.isPercentage(minAvailable) ? Amount.roundedUp(minAvailable, count) : minAvailable.asInt();
        }
        ObjectNode evicted = evicted(budget, pods);
        int healthy = (int) pods.stream()
                .filter(pod -> pod.is("Ready") && !pod.deleting() && !evicted.has(pod.name()))
                .count();
        int allowed = count > 0 ? Math.max(0, healthy - desired) : 0;
        write(budget, new Counts(healthy, desired, count, allowed), evicted);
        return evicted.isEmpty() ? Optional.empty() : Optional.of(EVICTED);
    }

    /** A pod under several budgets cannot be evicted at all; it is told of once, though each of them counts it. */
    private void tellOfSeveral(Resource budget, Resource pod) {
        List<String> names = budgets.values().stream()
                .filter(other -> other.namespace().equals(pod.namespace()))
                .filter(other -> Selector.matches(other.spec().path("selector"), pod))
                .map(Resource::name)
                .sorted()
                .toList();
        if (names.size() > 1 && names.get(0).equals(budget.name())) {
            events.warning(
                    pod,
                    "MultiplePodDisruptionBudgets",
                    "Pod \"" + pod.namespace() + "\"/\"" + pod.name()
                            + "\" matches multiple PodDisruptionBudgets.  Chose \"" + budget.name()
                            + "\" arbitrarily.");
        }
    }

    /** As long as pods cannot be counted, none may go. */
    private void failed(Resource budget, String why) {
        events.warning(
                budget, "CalculateExpectedPodCountFailed", "Failed to calculate the number of expected pods: " + why);
        ObjectNode status = budget.status().isObject() ? budget.status().deepCopy() : Json.object();
        for (String count : new String[] {"currentHealthy", "desiredHealthy", "expectedPods"}) {
            status.put(count, status.path(count).asInt(0));
        }
        status.put("disruptionsAllowed", 0);
        condition(budget, status, false, "SyncFailed", why);
        long observed = status.path("observedGeneration").asLong(0);
        ObjectNode condition = (ObjectNode) status.path("conditions").path(0);
        if (observed == 0) {
            condition.remove("observedGeneration");
        } else {
            condition.put("observedGeneration", observed);
        }
        write(budget, status);
    }

    private static String unmanaged(Resource budget) {
        return "Pods selected by this PodDisruptionBudget (selector: "
                + text(budget.spec().path("selector"))
                + ") were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly,"
                + " which may result in undefined behavior. To account for these pods please set"
                + " \".spec.minAvailable\" field of the PDB to an integer value.";
    }

    /** A selector as a program in Go prints it. */
    private static String text(JsonNode selector) {
        StringBuilder text = new StringBuilder("&LabelSelector{MatchLabels:map[string]string{");
        new TreeMap<>(Resource.texts(selector.path("matchLabels")))
                .forEach((key, value) ->
                        text.append(key).append(": ").append(value).append(','));
        text.append("},MatchExpressions:[]LabelSelectorRequirement{");
        for (JsonNode expression : selector.path("matchExpressions")) {
            List<String> values = new ArrayList<>();
            expression.path("values").forEach(value -> values.add(value.asText()));
            text.append("LabelSelectorRequirement{Key:")
                    .append(expression.path("key").asText())
                    .append(",Operator:")
                    .append(expression.path("operator").asText())
                    .append(",Values:[")
                    .append(String.join(" ", values))
                    .append("],},");
        }
        return text.append("},}").toString();
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

    private void write(Resource budget, Counts counts, ObjectNode evicted) {
        int allowed = counts.allowed();
        ObjectNode status = Json.object();
        condition(budget, status, allowed > 0, allowed > 0 ? "SufficientPods" : "InsufficientPods", "");
        status.put("currentHealthy", counts.healthy());
        status.put("desiredHealthy", counts.desired());
        if (!evicted.isEmpty()) {
            status.set("disruptedPods", evicted);
        }
        status.put("disruptionsAllowed", allowed);
        status.put("expectedPods", counts.expected());
        status.put("observedGeneration", budget.generation());
        write(budget, status);
    }

    private void condition(Resource budget, ObjectNode status, boolean value, String reason, String message) {
        JsonNode before = budget.condition("DisruptionAllowed");
        String text = value ? "True" : "False";
        boolean same = before.path("status").asText("").equals(text);
        status.putArray("conditions")
                .addObject()
                .put("type", "DisruptionAllowed")
                .put("status", text)
                .put(
                        "lastTransitionTime",
                        same ? before.path("lastTransitionTime").asText() : Times.seconds(cluster.now()))
                .put("observedGeneration", budget.generation())
                .put("reason", reason)
                .put("message", message);
    }

    /** Evictions write into the status as well: what one of them wrote meanwhile is counted by the next look, not lost. */
    private void write(Resource budget, ObjectNode status) {
        if (!Json.same(budget.status(), status)) {
            cluster.editStatus(BUDGETS, budget, current -> {
                if (Json.same(current.path("status"), budget.status())) {
                    current.set("status", status);
                }
            });
        }
    }
}
