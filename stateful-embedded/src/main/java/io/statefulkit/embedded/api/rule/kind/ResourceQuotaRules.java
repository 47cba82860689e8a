package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.quota.PodRequests;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Resource quotas. */
final class ResourceQuotaRules implements KindRules {

    private static final Set<String> COUNTS = Set.of(
            "pods",
            "services",
            "replicationcontrollers",
            "resourcequotas",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");
    private static final Set<String> AMOUNTS = Set.of(
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.storage",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage");

    @Override
    public void validate(ObjectNode quota, Violations violations) {
        for (Map.Entry<String, JsonNode> entry : Json.at(quota, "spec", "hard").properties()) {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            String path = "spec.hard[" + name + "]";
            boolean standard =
                    COUNTS.contains(name) || AMOUNTS.contains(name) || name.startsWith("requests.hugepages-");
            violations.addIf(
                    !standard && !name.contains("/"),
                    Violation.invalid(path, name, "must be a standard resource for quota"));
            BigDecimal amount = PodRequests.amount(value);
            violations.addIf(amount.signum() < 0, Violation.invalid(path, value, "must be greater than or equal to 0"));
            violations.addIf(
                    COUNTS.contains(name) && amount.stripTrailingZeros().scale() > 0,
                    Violation.invalid(path, value, "must be an integer"));
        }
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        for (String field : List.of("scopes", "scopeSelector")) {
            violations.addIf(
                    !Json.same(Json.at(old, "spec", field), Json.at(next, "spec", field)),
                    Violation.invalid("spec." + field, Json.at(next, "spec", field), "field is immutable"));
        }
    }
}
