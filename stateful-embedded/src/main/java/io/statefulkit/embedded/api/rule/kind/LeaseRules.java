package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;

/** Leases. */
final class LeaseRules implements KindRules {

    @Override
    public void validate(ObjectNode lease, Violations violations) {
        JsonNode spec = lease.path("spec");
        JsonNode seconds = spec.path("leaseDurationSeconds");
        violations.addIf(
                seconds.isNumber() && seconds.asLong() <= 0,
                Violation.invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0"));
        Check.notNegative(spec, "leaseTransitions", "spec", violations);
    }
}
