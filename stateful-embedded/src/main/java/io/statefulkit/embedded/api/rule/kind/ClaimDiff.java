package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Map;

/** Shows how two specs of claims differ, line by line, as the API server shows it. */
final class ClaimDiff {

    private static final Map<String, String> NAMES = Map.of("accessModes", "AccessModes");
    private static final List<String> FIELDS = List.of(
            "accessModes",
            "selector",
            "resources",
            "volumeName",
            "storageClassName",
            "volumeMode",
            "dataSource",
            "dataSourceRef",
            "volumeAttributesClassName");

    private ClaimDiff() {}

    static String of(JsonNode before, JsonNode after) {
        return UnifiedDiff.of(lines(before), lines(after));
    }

    private static List<String> lines(JsonNode spec) {
        ObjectNode ordered = Json.object();
        for (String field : FIELDS) {
            JsonNode value = spec.path(field);
            String name = NAMES.getOrDefault(field, Character.toUpperCase(field.charAt(0)) + field.substring(1));
            if (field.equals("resources")) {
                ObjectNode resources = ordered.putObject(name);
                resources.set("Limits", orNull(value.path("limits")));
                resources.set("Requests", orNull(value.path("requests")));
            } else if (field.equals("volumeName")) {
                ordered.put(name, value.asText(""));
            } else {
                ordered.set(name, orNull(value));
            }
        }
        return JsonLines.of(ordered);
    }

    private static JsonNode orNull(JsonNode value) {
        return value.isMissingNode() ? Json.object().nullNode() : value;
    }
}
