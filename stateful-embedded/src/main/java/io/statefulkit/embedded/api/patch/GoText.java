package io.statefulkit.embedded.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Trees as Go prints maps, which is what messages about a strategic merge patch show. */
final class GoText {

    private GoText() {}

    static String of(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
            return sorted.entrySet().stream()
                    .map(field -> field.getKey() + ":" + of(field.getValue()))
                    .collect(Collectors.joining(" ", "map[", "]"));
        }
        if (node.isArray()) {
            StringBuilder text = new StringBuilder("[");
            node.forEach(element -> text.append(text.length() == 1 ? "" : " ").append(of(element)));
            return text.append(']').toString();
        }
        return node.isNull() ? "<nil>" : node.asText();
    }
}
