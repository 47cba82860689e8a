package io.statefulkit.embedded.control.loop;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether labels match a {@code LabelSelector}, as it is written in specs. */
public final class Selector {

    private Selector() {}

    /**
     * Returns whether the labels of an object match.
     *
     * @param selector an object with {@code matchLabels} and {@code matchExpressions}; an empty one matches everything, a
     *     missing one nothing
     */
    public static boolean matches(JsonNode selector, Resource object) {
        if (selector.isMissingNode() || selector.isNull()) {
            return false;
        }
        JsonNode labels = object.json().path("metadata").path("labels");
        return matchesLabels(selector.path("matchLabels"), labels)
                && matchesExpressions(selector.path("matchExpressions"), labels);
    }

    /** Returns whether labels have all of these values. */
    public static boolean matchesLabels(JsonNode wanted, JsonNode labels) {
        for (var entry : wanted.properties()) {
            JsonNode value = labels.get(entry.getKey());
            if (value == null || !value.asText().equals(entry.getValue().asText())) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether labels satisfy all expressions. */
    public static boolean matchesExpressions(JsonNode expressions, JsonNode labels) {
        for (JsonNode expression : expressions) {
            if (!matches(expression, labels)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(JsonNode expression, JsonNode labels) {
        JsonNode value = labels.path(expression.path("key").asText(""));
        boolean there = !value.isMissingNode();
        return switch (expression.path("operator").asText("")) {
            case "In" -> there && contains(expression.path("values"), value.asText());
            case "NotIn" -> !there || !contains(expression.path("values"), value.asText());
            case "Exists" -> there;
            case "DoesNotExist" -> !there;
            case "Gt" -> compared(value, expression.path("values").path(0)) > 0;
            case "Lt" -> compared(value, expression.path("values").path(0)) < 0;
            default -> false;
        };
    }

    private static boolean contains(JsonNode values, String value) {
        for (JsonNode each : values) {
            if (each.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    /** Returns how a label compares with a number; what is no number, or not there, is neither more nor less. */
    private static int compared(JsonNode label, JsonNode number) {
        try {
            return Long.compare(Long.parseLong(label.asText()), Long.parseLong(number.asText()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
