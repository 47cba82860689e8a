package io.statefulkit.embedded.control.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.control.loop.Trees;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Why a namespace is still there. */
final class NamespaceConditions {

    private final JsonNode before;
    private final ArrayNode conditions;
    private final Instant now;

    private NamespaceConditions(JsonNode before, ArrayNode conditions, Instant now) {
        this.before = before;
        this.conditions = conditions;
        this.now = now;
    }

    static void write(ObjectNode namespace, Map<ResourceType, List<Resource>> left, Instant now) {
        ArrayNode list = namespace.arrayNode();
        var all = new NamespaceConditions(namespace.path("status").path("conditions"), list, now);
        all.add(
                "NamespaceDeletionDiscoveryFailure",
                "ResourcesDiscovered",
                "All resources successfully discovered",
                false);
        all.add(
                "NamespaceDeletionGroupVersionParsingFailure",
                "ParsedGroupVersions",
                "All legacy kube types successfully parsed",
                false);
        all.add(
                "NamespaceDeletionContentFailure",
                "ContentDeleted",
                "All content successfully deleted, may be waiting on finalization",
                false);
        all.add(
                "NamespaceContentRemaining",
                "SomeResourcesRemain",
                "Some resources are remaining: " + resources(left),
                true);
        String finalizers = finalizers(left);
        if (finalizers.isEmpty()) {
            all.add(
                    "NamespaceFinalizersRemaining",
                    "ContentHasNoFinalizers",
                    "All content-preserving finalizers finished",
                    false);
        } else {
            all.add(
                    "NamespaceFinalizersRemaining",
                    "SomeFinalizersRemain",
                    "Some content in the namespace has finalizers remaining: " + finalizers,
                    true);
        }
        Trees.status(namespace).put("phase", "Terminating").set("conditions", list);
    }

    private void add(String type, String reason, String message, boolean problem) {
        JsonNode old = Resource.condition(before, type);
        String status = problem ? "True" : "False";
        boolean same = old.path("status").asText("").equals(status);
        conditions
                .addObject()
                .put("type", type)
                .put("status", status)
                .put("lastTransitionTime", same ? old.path("lastTransitionTime").asText() : Times.seconds(now))
                .put("reason", reason)
                .put("message", message);
    }

    private static String resources(Map<ResourceType, List<Resource>> left) {
        List<String> parts = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        left.forEach((type, objects) -> counts.put(type.plural() + "." + type.group(), objects.size()));
        counts.forEach((type, count) -> parts.add(type + " has " + count + " resource instances"));
        return String.join(", ", parts);
    }

    private static String finalizers(Map<ResourceType, List<Resource>> left) {
        Map<String, Integer> counts = new TreeMap<>();
        left.values()
                .forEach(objects -> objects.forEach(object -> object.json()
                        .path("metadata")
                        .path("finalizers")
                        .forEach(finalizer -> counts.merge(finalizer.asText(), 1, Integer::sum))));
        List<String> parts = new ArrayList<>();
        counts.forEach((finalizer, count) -> parts.add(finalizer + " in " + count + " resource instances"));
        return String.join(", ", parts);
    }
}
