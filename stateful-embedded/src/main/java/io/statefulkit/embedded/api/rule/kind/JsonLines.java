package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a value over several lines, as the API server does to compare two. */
final class JsonLines {

    private JsonLines() {}

    static List<String> of(JsonNode value) {
        List<String> lines = new ArrayList<>();
        print(value, "", "", "", lines);
        return lines;
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
