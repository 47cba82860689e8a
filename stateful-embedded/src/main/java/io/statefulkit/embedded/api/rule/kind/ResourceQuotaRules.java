package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.ResourceNames;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Resource quotas. */
final class ResourceQuotaRules implements KindRules {

    private static final Set<String> SCOPES = Set.of(
            "Terminating",
            "NotTerminating",
            "BestEffort",
            "NotBestEffort",
            "PriorityClass",
            "CrossNamespacePodAffinity",
            "VolumeAttributesClass");

    @Override
    public void prepareCreate(ObjectNode quota) {
        quota.putObject("status");
    }

    @Override
    public void validate(ObjectNode quota, Violations violations) {
        for (Map.Entry<String, JsonNode> entry : Json.at(quota, "spec", "hard").properties()) {
            String path = "spec.hard[" + entry.getKey() + "]";
            ResourceNames.quota(entry.getKey(), path, violations);
            ResourceNames.amount(entry.getKey(), entry.getValue(), path, violations);
        }
        scopes(quota, violations);
    }

    private static void scopes(ObjectNode quota, Violations violations) {
        JsonNode scopes = Json.at(quota, "spec", "scopes");
        Set<String> given = new HashSet<>();
        for (JsonNode scope : scopes) {
            given.add(scope.asText());
            violations.addIf(
                    !SCOPES.contains(scope.asText()), Violation.invalid("spec.scopes", scopes, "unsupported scope"));
            boolean countsOnly = scope.asText().equals("BestEffort");
            for (String name : new TreeSet<>(names(quota))) {
                boolean allowed = name.equals("pods") || (!countsOnly && ResourceNames.OF_NODES.contains(name));
                violations.addIf(
                        !name.contains("/") && !name.startsWith("requests.hugepages-") && !allowed,
                        Violation.invalid("spec.scopes", scopes, "unsupported scope applied to resource"));
            }
        }
        for (Set<String> pair :
                List.of(Set.of("BestEffort", "NotBestEffort"), Set.of("Terminating", "NotTerminating"))) {
            violations.addIf(given.containsAll(pair), Violation.invalid("spec.scopes", scopes, "conflicting scopes"));
        }
    }

    private static Set<String> names(ObjectNode quota) {
        Set<String> names = new HashSet<>();
        Json.at(quota, "spec", "hard").fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        JsonNode scopes = Json.at(next, "spec", "scopes");
        violations.addIf(
                !Set.copyOf(Json.texts(Json.at(old, "spec", "scopes"))).equals(Set.copyOf(Json.texts(scopes))),
                Violation.invalid("spec.scopes", scopes, "field is immutable"));
    }
}
