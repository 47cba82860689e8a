package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Map;

/** Config maps. */
final class ConfigMapRules implements KindRules {

    /** How many bytes a map or secret may hold. */
    static final int MAX_SIZE = 1024 * 1024;

    @Override
    public void validate(ObjectNode map, Violations violations) {
        long size = keys(map.path("data"), "data", violations);
        size += keys(map.path("binaryData"), "binaryData", violations);
        // The object as a whole is too long, which has no name.
        violations.addIf(size > MAX_SIZE, Violation.tooLong("[]", MAX_SIZE));
        for (Map.Entry<String, JsonNode> entry : map.path("binaryData").properties()) {
            violations.addIf(
                    map.path("data").has(entry.getKey()),
                    Violation.invalid(
                            "binaryData[" + entry.getKey() + "]", entry.getKey(), "duplicate of key present in data"));
        }
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        frozen(old, next, List.of("data", "binaryData"), violations);
        validate(next, violations);
    }

    /** Checks the keys of data; returns the size of the values. */
    static long keys(JsonNode data, String path, Violations violations) {
        long size = 0;
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            String key = entry.getKey();
            Check.text(NameRules.configKey(key), path + "[" + key + "]", key, violations);
            size += entry.getValue().asText().length();
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
