package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.AsStored;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Percent;
import io.statefulkit.embedded.api.rule.SelectorRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** Pod disruption budgets. */
final class DisruptionBudgetRules implements KindRules {

    private static final List<String> FIELDS =
            List.of("minAvailable", "selector", "maxUnavailable", "unhealthyPodEvictionPolicy");
    private static final List<String> POLICIES = List.of("AlwaysAllow", "IfHealthyBudget");

    @Override
    public void prepareCreate(ObjectNode budget) {
        ObjectNode status = budget.putObject("status");
        status.put("disruptionsAllowed", 0)
                .put("currentHealthy", 0)
                .put("desiredHealthy", 0)
                .put("expectedPods", 0);
    }

    @Override
    public void validate(ObjectNode budget, Violations violations) {
        JsonNode spec = budget.path("spec");
        violations.addIf(
                spec.has("minAvailable") && spec.has("maxUnavailable"),
                Violation.invalid(
                        "spec", AsStored.fields(spec, FIELDS), "minAvailable and maxUnavailable cannot be both set"));
        for (String field : List.of("minAvailable", "maxUnavailable")) {
            Percent.check(spec, field, "spec", violations);
            Percent.atMostAll(spec, field, "spec", violations);
        }
        violations.addIf(
                spec.hasNonNull("unhealthyPodEvictionPolicy")
                        && !POLICIES.contains(Json.text(spec, "unhealthyPodEvictionPolicy")),
                Violation.unsupported(
                        "spec.unhealthyPodEvictionPolicy", Json.text(spec, "unhealthyPodEvictionPolicy"), POLICIES));
        if (spec.path("selector").isObject()) {
            SelectorRules.selector(spec.path("selector"), "spec.selector", violations);
        }
    }
}
