package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;

/** Controller revisions. */
final class ControllerRevisionRules implements KindRules {

    @Override
    public void validate(ObjectNode revision, Violations violations) {
        violations.addIf(!revision.hasNonNull("data"), Violation.required("data", "data is mandatory"));
        violations.addIf(
                revision.path("revision").asLong() < 0,
                Violation.invalid("revision", revision.path("revision"), "must be greater than or equal to 0"));
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        Check.immutable(old.path("data"), next.path("data"), "data", violations);
    }
}
