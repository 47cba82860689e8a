package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.statefulkit.embedded.json.Json;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes two answers comparable: what differs between any two runs of the same cluster is replaced by a word. */
final class Normalised {

    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern ADDRESS = Pattern.compile("(10|127)\\.\\d+\\.\\d+\\.\\d+");
    private static final Pattern GENERATED = Pattern.compile("(gen|kube-api-access)-[a-z0-9]{5}");

    /** The diff of two pods as the API server's own structs print it. */
    private static final Pattern POD_DIFF = Pattern.compile("(pod updates may not change .*)\\n@@[\\s\\S]*");

    private Normalised() {}

    /**
     * Returns a copy.
     *
     * @param managedFields whether the owners of fields are compared
     */
    static JsonNode of(JsonNode node, boolean managedFields) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = Json.object();
            Map<String, JsonNode> sorted = new TreeMap<>();
            object.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
            sorted.forEach((name, value) -> {
                if (name.equals("resourceVersion") || name.equals("continue")) {
                    copy.put(name, "REVISION");
                } else if (name.equals("nodePort")) {
                    copy.put(name, "PORT");
                } else if (!value.isNull() && (!name.equals("managedFields") || managedFields)) {
                    copy.set(name, of(value, managedFields));
                }
            });
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(element -> copy.add(of(element, managedFields)));
            return copy;
        }
        return node.isTextual() ? TextNode.valueOf(text(node.textValue())) : node;
    }

    private static String text(String text) {
        String result = POD_DIFF.matcher(text).replaceAll("$1");
        result = UID.matcher(result).replaceAll("UID");
        result = TIME.matcher(result).replaceAll("TIME");
        result = ADDRESS.matcher(result).replaceAll("ADDRESS");
        return GENERATED.matcher(result).replaceAll("$1-XXXXX");
    }
}
