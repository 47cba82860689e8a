package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.statefulkit.embedded.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One cause of a 422 answer.
 *
 * @param reason the machine's word, such as {@code FieldValueRequired}
 * @param field the path, such as {@code spec.containers[0].name}
 * @param body what is wrong with it, such as {@code Required value}
 */
public record Violation(String reason, String field, String body) {

    public static Violation required(String field, String detail) {
        return new Violation("FieldValueRequired", field, withDetail("Required value", detail));
    }

    public static Violation invalid(String field, JsonNode value, String detail) {
        return new Violation("FieldValueInvalid", field, withDetail("Invalid value: " + show(value), detail));
    }

    public static Violation invalid(String field, String value, String detail) {
        return invalid(field, TextNode.valueOf(value), detail);
    }

    public static Violation unsupported(String field, String value, List<String> supported) {
        return unsupported(field, TextNode.valueOf(value), supported);
    }

    public static Violation unsupported(String field, JsonNode value, List<String> supported) {
        String values = supported.stream().map(Violation::quote).collect(Collectors.joining(", "));
        return new Violation(
                "FieldValueNotSupported", field, "Unsupported value: " + show(value) + ": supported values: " + values);
    }

    public static Violation forbidden(String field, String detail) {
        return new Violation("FieldValueForbidden", field, withDetail("Forbidden", detail));
    }

    public static Violation duplicate(String field, JsonNode value) {
        return new Violation("FieldValueDuplicate", field, "Duplicate value: " + show(value));
    }

    public static Violation notFound(String field, String value) {
        return new Violation("FieldValueNotFound", field, "Not found: " + quote(value));
    }

    public static Violation tooLong(String field, int max) {
        return new Violation("FieldValueTooLong", field, "Too long: may not be more than " + max + " bytes");
    }

    /** Returns how a value is written in messages: texts quoted, numbers bare, structures as JSON. */
    public static String show(JsonNode value) {
        return value.isMissingNode() ? "null" : new String(Json.bytes(value), StandardCharsets.UTF_8);
    }

    private static String quote(String value) {
        return show(TextNode.valueOf(value));
    }

    private static String withDetail(String label, String detail) {
        return detail.isEmpty() ? label : label + ": " + detail;
    }
}
