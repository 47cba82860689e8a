package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** Endpoint slices. */
final class EndpointSliceRules implements KindRules {

    private static final String TYPE = "addressType";
    private static final List<String> TYPES = List.of("FQDN", "IPv4", "IPv6");

    @Override
    public void validate(ObjectNode slice, Violations violations) {
        String type = Json.text(slice, TYPE);
        if (type.isEmpty()) {
            violations.add(Violation.required(TYPE, ""));
        } else {
            violations.addIf(!TYPES.contains(type), Violation.unsupported(TYPE, type, TYPES));
        }
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        Check.immutable(old.path(TYPE), next.path(TYPE), TYPE, violations);
    }
}
