package io.statefulkit.embedded.api.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import java.util.regex.Pattern;

/** Numbers that may also be a part of something, such as {@code 25%}. */
public final class Percent {

    private static final Pattern PERCENT = Pattern.compile("[0-9]+%");
    private static final int ALL = 100;

    private Percent() {}

    /** A number must not be negative, a text must be a percentage. */
    public static void check(JsonNode object, String field, String path, Violations violations) {
        JsonNode value = object.path(field);
        if (value.isTextual()) {
            violations.addIf(
                    !PERCENT.matcher(value.asText()).matches(),
                    Violation.invalid(
                            path + "." + field,
                            value,
                            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',"
                                    + "  or '93%', regex used for validation is '[0-9]+%')"));
        } else {
            Check.notNegative(object, field, path, violations);
        }
    }

    /** A percentage must not be more than all there is. */
    public static void atMostAll(JsonNode object, String field, String path, Violations violations) {
        JsonNode value = object.path(field);
        boolean percent = value.isTextual() && PERCENT.matcher(value.asText()).matches();
        violations.addIf(
                percent && tooMuch(value.asText()),
                Violation.invalid(path + "." + field, value, "must not be greater than 100%"));
    }

    private static boolean tooMuch(String percent) {
        String digits = percent.substring(0, percent.length() - 1).replaceFirst("^0+", "");
        return digits.length() > 3 || (!digits.isEmpty() && Integer.parseInt(digits) > ALL);
    }
}
