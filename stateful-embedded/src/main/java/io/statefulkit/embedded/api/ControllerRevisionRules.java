package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

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
