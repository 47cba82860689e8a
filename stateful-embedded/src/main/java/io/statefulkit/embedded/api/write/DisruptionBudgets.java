package io.statefulkit.embedded.api.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.select.LabelSelector;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides whether a pod may be evicted. */
final class DisruptionBudgets {

    private static final Set<String> NOT_COUNTED = Set.of("Pending", "Succeeded", "Failed");

    private DisruptionBudgets() {}

    /** Returns the name of the budget that an eviction of the pod has to take from, if any; refuses if it is spent. */
    static Optional<String> check(ObjectStore store, ObjectNode pod) {
        if (Metadata.deleting(pod) || NOT_COUNTED.contains(Json.text(pod, "status", "phase"))) {
            return Optional.empty();
        }
        String namespace = Json.text(pod, "metadata", "namespace");
        List<ObjectNode> budgets =
                store.list(ResourceCatalog.POD_DISRUPTION_BUDGETS.qualified(), namespace).objects().stream()
                        .filter(budget -> LabelSelector.of(Json.at(budget, "spec", "selector"))
                                .matches(pod))
                        .toList();
        if (budgets.size() > 1) {
            throw Failures.plain(
                    500,
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does"
                            + " not support.");
        }
        if (budgets.isEmpty() || mayGoUnready(budgets.get(0), pod)) {
            return Optional.empty();
        }
        refuseIfSpent(budgets.get(0));
        return Optional.of(Json.text(budgets.get(0), "metadata", "name"));
    }

    /** A pod that is not ready may go when that takes nothing from what is healthy. */
    private static boolean mayGoUnready(ObjectNode budget, ObjectNode pod) {
        for (JsonNode condition : Json.at(pod, "status", "conditions")) {
            if (Json.text(condition, "type").equals("Ready")
                    && Json.text(condition, "status").equals("True")) {
                return false;
            }
        }
        int desired = Json.at(budget, "status", "desiredHealthy").asInt();
        boolean healthy =
                desired > 0 && Json.at(budget, "status", "currentHealthy").asInt() >= desired;
        return healthy
                || Json.text(budget, "spec", "unhealthyPodEvictionPolicy").equals("AlwaysAllow");
    }

    static void refuseIfSpent(ObjectNode budget) {
        String name = Json.text(budget, "metadata", "name");
        long observed = Json.at(budget, "status", "observedGeneration").asLong();
        if (observed < Json.at(budget, "metadata", "generation").asLong()) {
            throw Failures.disruptionBudget(
                    "The disruption budget " + name + " is still being processed by the server.", 10);
        }
        if (Json.at(budget, "status", "disruptionsAllowed").asInt() <= 0) {
            throw Failures.disruptionBudget(
                    "The disruption budget " + name + " needs "
                            + Json.at(budget, "status", "desiredHealthy").asInt() + " healthy pods and has "
                            + Json.at(budget, "status", "currentHealthy").asInt() + " currently",
                    0);
        }
    }
}
