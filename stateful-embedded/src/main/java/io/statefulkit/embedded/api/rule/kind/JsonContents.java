package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.json.JsonProblem;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Values of secrets that must be JSON objects. */
final class JsonContents {

    private JsonContents() {}

    /** Returns what is wrong with a value, or nothing. */
    static Optional<String> problem(String base64) {
        try {
            JsonNode value = Json.parse(Base64.getDecoder().decode(base64));
            if (value.isObject() || value.isNull()) {
                return Optional.empty();
            }
            if (value.isMissingNode()) {
                return Optional.of("unexpected end of JSON input");
            }
            String kind =
                    value.isBoolean() ? "bool" : value.getNodeType().name().toLowerCase(Locale.ROOT);
            return Optional.of("json: cannot unmarshal " + kind + " into Go value of type map[string]interface {}");
        } catch (JsonProcessingException e) {
            return Optional.of(JsonProblem.of(e));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns how many bytes a value has. */
    static long size(String base64) {
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() / 4L * 3 - padding;
    }
}
