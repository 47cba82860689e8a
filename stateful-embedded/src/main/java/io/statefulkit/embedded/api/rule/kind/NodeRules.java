package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.rule.pod.TolerationRules;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** Nodes. */
final class NodeRules implements KindRules {

    @Override
    public void validate(ObjectNode node, Violations violations) {
        // The path is written so by the API server.
        TolerationRules.taints(Json.at(node, "spec", "taints"), "metadata.taints", violations);
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        for (String field : List.of("podCIDRs", "providerID")) {
            String shown = field.equals("podCIDRs") ? "podCIDR" : field;
            violations.addIf(
                    old.path("spec").has(field)
                            && !Json.same(Json.at(old, "spec", field), Json.at(next, "spec", field)),
                    Violation.forbidden(
                            "spec." + field, "node updates may not change " + shown + " except from \"\" to valid"));
        }
        validate(next, violations);
    }
}
