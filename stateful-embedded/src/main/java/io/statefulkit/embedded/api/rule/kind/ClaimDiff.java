package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
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
        List<String> lines = new ArrayList<>();
        print(ordered, "", "", "", lines);
        return lines;
    }

    private static JsonNode orNull(JsonNode value) {
        return value.isMissingNode() ? Json.object().nullNode() : value;
    }

    private static void print(JsonNode node, String indent, String label, String end, List<String> lines) {
        if (node.isObject() && !node.isEmpty()) {
            lines.add(indent + label + "{");
            int left = node.size();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                left--;
                print(field.getValue(), indent + " ", "\"" + field.getKey() + "\": ", left > 0 ? "," : "", lines);
            }
            lines.add(indent + "}" + end);
        } else if (node.isArray() && !node.isEmpty()) {
            lines.add(indent + label + "[");
            for (int i = 0; i < node.size(); i++) {
                print(node.path(i), indent + " ", "", i + 1 < node.size() ? "," : "", lines);
            }
            lines.add(indent + "]" + end);
        } else {
            lines.add(indent + label + Violation.show(node) + end);
        }
    }
}
