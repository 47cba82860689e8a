package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Map;

/** Limit ranges: what containers get by default follows from what they may have. */
final class LimitRangeRules implements KindRules {

    @Override
    public void defaults(ObjectNode range) {
        for (ObjectNode limit : Json.objects(range, "spec", "limits")) {
            if (Json.text(limit, "type").equals("Container")) {
                fill(limit, "default", "max");
                fill(limit, "defaultRequest", "default");
                fill(limit, "defaultRequest", "min");
            }
        }
    }

    private static void fill(ObjectNode limit, String target, String source) {
        for (Map.Entry<String, JsonNode> amount : limit.path(source).properties()) {
            ObjectNode amounts = Json.child(limit, target);
            if (!amounts.has(amount.getKey())) {
                amounts.set(amount.getKey(), amount.getValue());
            }
        }
    }

    @Override
    public void validate(ObjectNode range, Violations violations) {
        List<ObjectNode> limits = Json.objects(range, "spec", "limits");
        for (int i = 0; i < limits.size(); i++) {
            ObjectNode limit = limits.get(i);
            for (Map.Entry<String, JsonNode> least : limit.path("min").properties()) {
                String name = least.getKey();
                JsonNode most = limit.path("max").path(name);
                violations.addIf(
                        !most.isMissingNode() && Quantity.compare(least.getValue(), most) > 0,
                        Violation.invalid(
                                "spec.limits[" + i + "].min[" + name + "]",
                                least.getValue(),
                                "min value " + least.getValue().asText() + " is greater than max value "
                                        + most.asText()));
            }
        }
    }
}
