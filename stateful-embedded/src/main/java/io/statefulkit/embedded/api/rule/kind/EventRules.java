package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.json.Json;

/** Events. */
final class EventRules implements KindRules {

    @Override
    public void prepareCreate(ObjectNode event) {
        Json.child(event, "source");
        for (String field : new String[] {"reportingComponent", "reportingInstance"}) {
            if (!event.has(field)) {
                event.put(field, "");
            }
        }
    }

    @Override
    public void validate(ObjectNode event, Violations violations) {
        if (event.hasNonNull("eventTime")) {
            return; // Written by a client of the newer API, whose events may be about any namespace.
        }
        JsonNode about = Json.at(event, "involvedObject", "namespace");
        String own = Json.text(event, "metadata", "namespace");
        boolean fits = about.asText("").isEmpty()
                ? own.equals("default")
                : about.asText().equals(own);
        violations.addIf(
                !fits,
                Violation.invalid("involvedObject.namespace", about.asText(""), "does not match event.namespace"));
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
    }
}
