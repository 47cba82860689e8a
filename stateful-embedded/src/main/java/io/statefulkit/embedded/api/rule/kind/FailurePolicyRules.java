package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What makes valid what a job does about pods that fail. */
final class FailurePolicyRules {

    private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");
    private static final List<String> OPERATORS = List.of("In", "NotIn");
    private static final List<String> STATES = List.of("False", "True", "Unknown");

    private FailurePolicyRules() {}

    static void validate(JsonNode spec, String path, Violations violations) {
        JsonNode rules = spec.path("podFailurePolicy").path("rules");
        for (int i = 0; i < rules.size(); i++) {
            rule(spec, rules.path(i), path + ".podFailurePolicy.rules[" + i + "]", violations);
        }
    }

    private static void rule(JsonNode spec, JsonNode rule, String path, Violations violations) {
        String action = Json.text(rule, "action");
        if (action.equals("FailIndex")) {
            violations.addIf(
                    !spec.has("backoffLimitPerIndex"),
                    Violation.invalid(path + ".action", action, "requires the backoffLimitPerIndex to be set"));
        } else {
            oneOf(action, ACTIONS, path + ".action", violations);
        }
        boolean codes = rule.has("onExitCodes");
        boolean conditions = !rule.path("onPodConditions").isEmpty();
        if (codes) {
            codes(spec, rule.path("onExitCodes"), path + ".onExitCodes", violations);
        }
        for (int i = 0; i < rule.path("onPodConditions").size(); i++) {
            JsonNode pattern = rule.path("onPodConditions").path(i);
            String at = path + ".onPodConditions[" + i + "]";
            String type = Json.text(pattern, "type");
            Check.text(NameRules.qualifiedName(type), at + ".type", type, violations);
            oneOf(Json.text(pattern, "status"), STATES, at + ".status", violations);
        }
        violations.addIf(
                codes && conditions, without(path, "specifying both OnExitCodes and OnPodConditions is not supported"));
        violations.addIf(
                !codes && !conditions, without(path, "specifying one of OnExitCodes and OnPodConditions is required"));
    }

    private static void codes(JsonNode spec, JsonNode codes, String path, Violations violations) {
        String operator = Json.text(codes, "operator");
        oneOf(operator, OPERATORS, path + ".operator", violations);
        String container = Json.text(codes, "containerName");
        violations.addIf(
                codes.has("containerName") && !names(spec).contains(container),
                Violation.invalid(
                        path + ".containerName",
                        container,
                        "must be one of the container or initContainer names in the pod template"));
        JsonNode values = codes.path("values");
        violations.addIf(
                values.isEmpty(), Violation.invalid(path + ".values", values, "at least one value is required"));
        Set<Integer> seen = new HashSet<>();
        boolean ordered = true;
        for (int i = 0; i < values.size(); i++) {
            String at = path + ".values[" + i + "]";
            int value = values.path(i).asInt();
            violations.addIf(
                    operator.equals("In") && value == 0,
                    Violation.invalid(at, values.path(i), "must not be 0 for the In operator"));
            violations.addIf(!seen.add(value), Violation.duplicate(at, values.path(i)));
            ordered &= i == 0 || values.path(i - 1).asInt() <= value;
        }
        violations.addIf(!ordered, Violation.invalid(path + ".values", values, "must be ordered"));
    }

    private static Set<String> names(JsonNode spec) {
        Set<String> names = new HashSet<>();
        for (String list : List.of("containers", "initContainers")) {
            Json.objects(spec, "template", "spec", list).forEach(each -> names.add(Json.text(each, "name")));
        }
        return names;
    }

    private static void oneOf(String value, List<String> values, String path, Violations violations) {
        if (value.isEmpty()) {
            String quoted = values.stream()
                    .map(each -> '"' + each + '"')
                    .reduce((a, b) -> a + " " + b)
                    .orElse("");
            violations.add(Violation.required(path, "valid values: [" + quoted + "]"));
        } else {
            violations.addIf(!values.contains(value), Violation.unsupported(path, value, values));
        }
    }

    private static Violation without(String path, String detail) {
        return new Violation("FieldValueInvalid", path, "Invalid value: " + detail);
    }
}
