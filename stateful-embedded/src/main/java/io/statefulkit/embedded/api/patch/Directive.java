package io.statefulkit.embedded.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import java.util.Set;

/** What an object of a strategic merge patch says about itself in {@code $patch}. */
final class Directive {

    private static final String FIELD = "$patch";
    private static final Set<String> KNOWN = Set.of("", "replace", "delete", "merge");

    private Directive() {}

    /** Returns the directive of an object, or an empty text. */
    static String of(JsonNode patch) {
        if (!(patch instanceof ObjectNode object) || !object.has(FIELD)) {
            return "";
        }
        String directive = object.path(FIELD).asText();
        if (!object.path(FIELD).isTextual() || !KNOWN.contains(directive)) {
            throw Failures.plain(
                    500, "unknown patch type: " + GoText.of(object.path(FIELD)) + " in map: " + GoText.of(object));
        }
        return directive;
    }
}
