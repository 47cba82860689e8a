package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;

/** What makes selectors of nodes valid. */
public final class NodeSelectorRules {

    private NodeSelectorRules() {}

    /** A selector needs at least one term. */
    public static void selector(JsonNode selector, String path, Violations violations) {
        JsonNode terms = selector.path("nodeSelectorTerms");
        String at = path + ".nodeSelectorTerms";
        violations.addIf(terms.isEmpty(), Violation.required(at, "must have at least one node selector term"));
        for (int i = 0; i < terms.size(); i++) {
            term(terms.path(i), false, at + "[" + i + "]", violations);
        }
    }

    /** Checks one term; what is only preferred may name values that no label has. */
    static void term(JsonNode term, boolean preferred, String path, Violations violations) {
        JsonNode expressions = term.path("matchExpressions");
        for (int i = 0; i < expressions.size(); i++) {
            expression(expressions.path(i), preferred, path + ".matchExpressions[" + i + "]", violations);
        }
        JsonNode fields = term.path("matchFields");
        for (int i = 0; i < fields.size(); i++) {
            field(fields.path(i), path + ".matchFields[" + i + "]", violations);
        }
    }

    private static void expression(JsonNode expression, boolean preferred, String path, Violations violations) {
        JsonNode values = expression.path("values");
        String operator = Json.text(expression, "operator");
        switch (operator) {
            case "In", "NotIn" ->
                violations.addIf(
                        values.isEmpty(),
                        Violation.required(path + ".values", "must be specified when `operator` is 'In' or 'NotIn'"));
            case "Exists", "DoesNotExist" ->
                violations.addIf(
                        !values.isEmpty(),
                        Violation.forbidden(
                                path + ".values",
                                "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
            case "Gt", "Lt" ->
                violations.addIf(
                        values.size() != 1,
                        Violation.required(
                                path + ".values", "must be specified single value when `operator` is 'Lt' or 'Gt'"));
            default -> violations.add(Violation.invalid(path + ".operator", operator, "not a valid selector operator"));
        }
        String key = Json.text(expression, "key");
        Check.text(NameRules.qualifiedName(key), path + ".key", key, violations);
        for (int i = 0; i < values.size() && !preferred; i++) {
            String value = values.path(i).asText();
            Check.text(NameRules.labelValue(value), path + ".values[" + i + "]", value, violations);
        }
    }

    private static void field(JsonNode field, String path, Violations violations) {
        String operator = Json.text(field, "operator");
        if (operator.equals("In") || operator.equals("NotIn")) {
            violations.addIf(
                    field.path("values").size() != 1,
                    Violation.required(
                            path + ".values",
                            "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"));
        } else {
            violations.add(Violation.invalid(path + ".operator", operator, "not a valid selector operator"));
        }
        String key = Json.text(field, "key");
        violations.addIf(
                !key.equals("metadata.name"), Violation.invalid(path + ".key", key, "not a valid field selector key"));
    }
}
