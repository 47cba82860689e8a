package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Pod disruption budgets. */
final class DisruptionBudgetRules implements KindRules {

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
                Violation.invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set"));
        Check.notNegative(spec, "minAvailable", "spec", violations);
        Check.notNegative(spec, "maxUnavailable", "spec", violations);
        if (spec.path("selector").isObject()) {
            SelectorRules.selector(spec.path("selector"), "spec.selector", violations);
        }
    }
}
