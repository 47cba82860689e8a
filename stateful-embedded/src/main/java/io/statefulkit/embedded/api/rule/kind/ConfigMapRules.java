package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Config maps. */
final class ConfigMapRules implements KindRules {

    /** How many bytes a map or secret may hold. */
    static final int MAX_SIZE = 1024 * 1024;

    @Override
    public void validate(ObjectNode map, Violations violations) {
        keys(map.path("data"), "data", violations);
        long size = size(map.path("data"), false);
        for (Map.Entry<String, JsonNode> entry : map.path("data").properties()) {
            violations.addIf(
                    map.path("binaryData").has(entry.getKey()),
                    Violation.invalid(
                            "data[" + entry.getKey() + "]", entry.getKey(), "duplicate of key present in binaryData"));
        }
        keys(map.path("binaryData"), "binaryData", violations);
        size += size(map.path("binaryData"), true);
        // The object as a whole is too long, which has no name.
        violations.addIf(size > MAX_SIZE, Violation.tooLong("[]", MAX_SIZE));
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        frozen(old, next, List.of("data", "binaryData"), violations);
        validate(next, violations);
    }

    /** Checks the keys of data. */
    static void keys(JsonNode data, String path, Violations violations) {
        data.fieldNames()
                .forEachRemaining(key -> Check.text(NameRules.configKey(key), path + "[" + key + "]", key, violations));
    }

    /** Returns how many bytes the values have. */
    static long size(JsonNode data, boolean base64) {
        long size = 0;
        for (JsonNode value : data) {
            String text = value.asText();
            size += base64 ? JsonContents.size(text) : text.getBytes(StandardCharsets.UTF_8).length;
        }
        return size;
    }

    /** Refuses changes of what was declared immutable. */
    static void frozen(ObjectNode old, ObjectNode next, List<String> fields, Violations violations) {
        if (!old.path("immutable").asBoolean()) {
            return;
        }
        String why = "field is immutable when `immutable` is set";
        violations.addIf(!next.path("immutable").asBoolean(), Violation.forbidden("immutable", why));
        for (String field : fields) {
            violations.addIf(!Json.same(old.path(field), next.path(field)), Violation.forbidden(field, why));
        }
    }
}
