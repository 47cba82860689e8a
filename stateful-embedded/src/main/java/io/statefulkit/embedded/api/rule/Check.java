package io.statefulkit.embedded.api.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** Checks of single values that many kinds share. */
public final class Check {

    private static final int MAX_PORT = 65535;

    private Check() {}

    /** A number that is there must not be negative. */
    public static void notNegative(JsonNode object, String field, String path, Violations violations) {
        JsonNode value = object.path(field);
        violations.addIf(
                value.isNumber() && value.asLong() < 0,
                Violation.invalid(path + "." + field, value, "must be greater than or equal to 0"));
    }

    /** A text must be there and one of some. */
    public static void oneOf(JsonNode object, String field, String path, List<String> values, Violations violations) {
        String value = object.path(field).asText("");
        if (value.isEmpty()) {
            violations.add(Violation.required(path + "." + field, ""));
        } else {
            violations.addIf(!values.contains(value), Violation.unsupported(path + "." + field, value, values));
        }
    }

    /** A port number must be one. */
    public static void port(JsonNode value, String path, Violations violations) {
        violations.addIf(
                value.asInt() < 1 || value.asInt() > MAX_PORT,
                Violation.invalid(path, value, "must be between 1 and 65535, inclusive"));
    }

    /** A port number or name must be one. */
    public static void portOrName(JsonNode value, String path, Violations violations) {
        if (value.isTextual()) {
            NameRules.portName(value.asText())
                    .forEach(problem -> violations.add(Violation.invalid(path, value, problem)));
        } else {
            port(value.isMissingNode() ? IntNode.valueOf(0) : value, path, violations);
        }
    }

    /** A value must be what it was. */
    public static void immutable(JsonNode old, JsonNode next, String path, Violations violations) {
        violations.addIf(!Json.same(old, next), Violation.invalid(path, next, "field is immutable"));
    }

    /** The selector of a spec must be what it was. */
    public static void immutableSelector(JsonNode old, JsonNode next, Violations violations) {
        JsonNode selector = AsStored.selector(next.path("selector"));
        immutable(AsStored.selector(old.path("selector")), selector, "spec.selector", violations);
    }

    /** Returns a number as a node. */
    public static JsonNode number(int value) {
        return IntNode.valueOf(value);
    }

    /** Returns a text as a node. */
    public static JsonNode text(String value) {
        return TextNode.valueOf(value);
    }

    /** All problems of a text become violations. */
    public static void text(List<String> problems, String path, String value, Violations violations) {
        problems.forEach(problem -> violations.add(Violation.invalid(path, value, problem)));
    }
}
