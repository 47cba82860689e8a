package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** What may change of a pod. */
final class PodUpdateRules {

    private static final String DEADLINE = "activeDeadlineSeconds";
    private static final String GRACE = "terminationGracePeriodSeconds";

    private PodUpdateRules() {}

    static void validate(JsonNode old, JsonNode next, Violations violations) {
        for (String list : List.of("containers", "initContainers")) {
            if (old.path(list).size() != next.path(list).size()) {
                violations.add(Violation.forbidden("spec." + list, "pod updates may not add or remove containers"));
                return;
            }
        }
        if (!deadline(old.path(DEADLINE), next.path(DEADLINE), violations)) {
            return;
        }
        tolerations(old, next, violations);
        gates(old, next, violations);
        ObjectNode munged = likeThat(old, next);
        if (!Json.same(old, munged)) {
            violations.add(Violation.forbidden(
                    "spec",
                    "pod updates may not change fields other than"
                            + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations`"
                            + " (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to"
                            + " be set to 1 if it was previously negative)"));
        }
    }

    /** Returns whether the rest is to be looked at. */
    private static boolean deadline(JsonNode before, JsonNode after, Violations violations) {
        String path = "spec." + DEADLINE;
        if (after.isNumber()) {
            boolean later = before.isNumber() && before.asLong() < after.asLong();
            violations.addIf(later, Violation.invalid(path, after, "must be less than or equal to previous value"));
            return !later;
        }
        violations.addIf(
                before.isNumber(),
                Violation.invalid(path, after, "must not update from a positive integer to nil value"));
        return true;
    }

    private static void tolerations(JsonNode old, JsonNode next, Violations violations) {
        for (JsonNode before : old.path("tolerations")) {
            boolean found = false;
            for (JsonNode after : next.path("tolerations")) {
                ObjectNode same = before.deepCopy();
                Metadata.copyOrRemove(after, same, "tolerationSeconds");
                found |= Json.same(same, after);
            }
            if (!found) {
                violations.add(Violation.forbidden(
                        "spec.tolerations", "existing toleration can not be modified except its tolerationSeconds"));
                return;
            }
        }
    }

    private static void gates(JsonNode old, JsonNode next, Violations violations) {
        JsonNode gates = next.path("schedulingGates");
        for (int i = 0; i < gates.size(); i++) {
            String name = Json.text(gates.path(i), "name");
            boolean known = Json.objects(old, "schedulingGates").stream()
                    .anyMatch(gate -> Json.text(gate, "name").equals(name));
            violations.addIf(
                    !known,
                    Violation.forbidden(
                            "spec.schedulingGates[" + i + "].name",
                            "only deletion is allowed, but found new scheduling gate '" + name + "'"));
        }
    }

    /** Returns the new spec with what it had before of all that may change. */
    private static ObjectNode likeThat(JsonNode old, JsonNode next) {
        ObjectNode copy = next.deepCopy();
        for (String list : List.of("containers", "initContainers")) {
            List<ObjectNode> containers = Json.objects(copy, list);
            for (int i = 0; i < containers.size(); i++) {
                Metadata.copyOrRemove(old.path(list).path(i), containers.get(i), "image");
            }
        }
        for (String field : List.of(DEADLINE, "schedulingGates", "tolerations")) {
            Metadata.copyOrRemove(old, copy, field);
        }
        if (old.path(GRACE).asLong() < 0 && copy.path(GRACE).asLong() == 1) {
            copy.set(GRACE, old.path(GRACE));
        }
        if (!old.path("schedulingGates").isEmpty()) {
            gated(old, copy);
        }
        return copy;
    }

    /** A pod that is not scheduled yet may still say more exactly where it goes. */
    private static void gated(JsonNode old, ObjectNode copy) {
        boolean more = old.path("nodeSelector").properties().stream()
                .allMatch(each ->
                        Json.same(each.getValue(), copy.path("nodeSelector").path(each.getKey())));
        if (more) {
            Metadata.copyOrRemove(old, copy, "nodeSelector");
        }
    }
}
