package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** Priority classes. */
final class PriorityClassRules implements KindRules {

    private static final List<String> POLICIES = List.of("PreemptLowerPriority", "Never");
    private static final int HIGHEST = 1_000_000_000;

    @Override
    public void defaults(ObjectNode priorityClass) {
        Defaults.text(priorityClass, "preemptionPolicy", "PreemptLowerPriority");
    }

    @Override
    public void validate(ObjectNode priorityClass, Violations violations) {
        String name = Json.text(priorityClass, "metadata", "name");
        if (name.startsWith("system-")) {
            boolean known = name.equals("system-node-critical") || name.equals("system-cluster-critical");
            violations.addIf(
                    !known,
                    Violation.forbidden(
                            "metadata.name",
                            "priority class names with 'system-' prefix are reserved for system use only. error: "
                                    + name + " is not a known system priority class"));
        } else {
            violations.addIf(
                    priorityClass.path("value").asLong() > HIGHEST,
                    Violation.forbidden("value", "maximum allowed value of a user defined priority is " + HIGHEST));
        }
        String policy = Json.text(priorityClass, "preemptionPolicy");
        violations.addIf(!POLICIES.contains(policy), Violation.unsupported("preemptionPolicy", policy, POLICIES));
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        violations.addIf(
                !Json.same(old.path("value"), next.path("value")),
                Violation.forbidden("value", "may not be changed in an update."));
        violations.addIf(
                !Json.same(old.path("preemptionPolicy"), next.path("preemptionPolicy")),
                Violation.invalid("preemptionPolicy", next.path("preemptionPolicy"), "field is immutable"));
    }
}
