package io.statefulkit.embedded.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.rule.pod.QosClass;
import io.statefulkit.embedded.json.Json;

/** Which objects a quota is about. One with scopes is about pods only. */
final class QuotaScopes {

    private QuotaScopes() {}

    static boolean match(ObjectNode quota, ResourceType type, ObjectNode object) {
        JsonNode scopes = Json.at(quota, "spec", "scopes");
        JsonNode selectors = Json.at(quota, "spec", "scopeSelector", "matchExpressions");
        if (scopes.isEmpty() && selectors.isEmpty()) {
            return true;
        }
        if (!type.equals(ResourceCatalog.PODS)) {
            return false;
        }
        for (JsonNode scope : scopes) {
            if (!exists(scope.asText(), object)) {
                return false;
            }
        }
        for (JsonNode selector : selectors) {
            if (!selected(selector, object)) {
                return false;
            }
        }
        return true;
    }

    private static boolean selected(JsonNode selector, ObjectNode pod) {
        String scope = selector.path("scopeName").asText();
        String operator = selector.path("operator").asText();
        if (!scope.equals("PriorityClass") || operator.equals("Exists")) {
            return exists(scope, pod) != operator.equals("DoesNotExist");
        }
        String priority = Json.text(pod, "spec", "priorityClassName");
        boolean named = false;
        for (JsonNode value : selector.path("values")) {
            named |= value.asText().equals(priority);
        }
        return switch (operator) {
            case "In" -> named;
            case "NotIn" -> !named;
            default -> priority.isEmpty();
        };
    }

    private static boolean exists(String scope, ObjectNode pod) {
        JsonNode spec = pod.path("spec");
        return switch (scope) {
            case "Terminating" -> spec.hasNonNull("activeDeadlineSeconds");
            case "NotTerminating" -> !spec.hasNonNull("activeDeadlineSeconds");
            case "BestEffort" -> QosClass.of(spec).equals("BestEffort");
            case "NotBestEffort" -> !QosClass.of(spec).equals("BestEffort");
            case "PriorityClass" -> !Json.text(spec, "priorityClassName").isEmpty();
            case "CrossNamespacePodAffinity" -> {
                String affinity = spec.path("affinity").toString();
                yield affinity.contains("\"namespaces\"") || affinity.contains("\"namespaceSelector\"");
            }
            default -> false;
        };
    }
}
