package io.statefulkit.embedded.api.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.select.LabelSelector;
import io.statefulkit.embedded.api.value.NameRules;
import java.util.Map;

/** What makes a {@code LabelSelector} object valid, alone and together with a pod template. */
public final class SelectorRules {

    private SelectorRules() {}

    /**
     * Checks the selector of a workload and that its template matches; returns whether it can be read, as the template is
     * looked at only then.
     *
     * @param unreadable what is said of a selector that cannot be read
     */
    public static boolean workload(ObjectNode spec, String kind, String unreadable, Violations violations) {
        JsonNode selector = spec.path("selector");
        if (!selector.isObject()) {
            violations.add(Violation.required("spec.selector", ""));
            mismatch(spec, violations);
            return true;
        }
        int before = violations.count();
        selector(selector, "spec.selector", violations);
        boolean readable = violations.count() == before;
        boolean empty = selector.path("matchLabels").isEmpty()
                && selector.path("matchExpressions").isEmpty();
        violations.addIf(
                empty,
                Violation.invalid(
                        "spec.selector", AsStored.selector(selector), "empty selector is invalid for " + kind));
        violations.addIf(!readable, Violation.invalid("spec.selector", AsStored.selector(selector), unreadable));
        if (readable && !empty && !LabelSelector.of(selector).matchesLabels(labels(spec))) {
            mismatch(spec, violations);
        }
        return readable;
    }

    private static JsonNode labels(ObjectNode spec) {
        return spec.path("template").path("metadata").path("labels");
    }

    private static void mismatch(ObjectNode spec, Violations violations) {
        violations.add(Violation.invalid(
                "spec.template.metadata.labels",
                AsStored.map(labels(spec)),
                "`selector` does not match template `labels`"));
    }

    public static void selector(JsonNode selector, String path, Violations violations) {
        labels(selector.path("matchLabels"), path + ".matchLabels", violations);
        JsonNode expressions = selector.path("matchExpressions");
        for (int i = 0; i < expressions.size(); i++) {
            expression(expressions.path(i), path + ".matchExpressions[" + i + "]", violations);
        }
    }

    private static void labels(JsonNode labels, String path, Violations violations) {
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            Check.text(NameRules.qualifiedName(label.getKey()), path, label.getKey(), violations);
            String value = label.getValue().asText();
            Check.text(NameRules.labelValue(value), path, value, violations);
        }
    }

    private static void expression(JsonNode expression, String path, Violations violations) {
        String operator = expression.path("operator").asText("");
        boolean values = !expression.path("values").isEmpty();
        switch (operator) {
            case "In", "NotIn" ->
                violations.addIf(
                        !values,
                        Violation.required(path + ".values", "must be specified when `operator` is 'In' or 'NotIn'"));
            case "Exists", "DoesNotExist" ->
                violations.addIf(
                        values,
                        Violation.forbidden(
                                path + ".values",
                                "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
            default -> violations.add(Violation.invalid(path + ".operator", operator, "not a valid selector operator"));
        }
        Check.text(
                NameRules.qualifiedName(expression.path("key").asText("")),
                path + ".key",
                expression.path("key").asText(""),
                violations);
        for (int i = 0; i < expression.path("values").size(); i++) {
            String value = expression.path("values").path(i).asText();
            Check.text(NameRules.labelValue(value), path + ".values[" + i + "]", value, violations);
        }
    }
}
