package io.statefulkit.embedded.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.schema.FieldType.ListOf;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** Names the elements of lists that are not atomic. */
final class ListElements {

    private ListElements() {}

    /** Returns the path element of each element, in order; of two with the same key the first one counts. */
    static Map<String, JsonNode> of(ListOf type, JsonNode list) {
        Map<String, JsonNode> elements = new LinkedHashMap<>();
        for (JsonNode element : list) {
            elements.putIfAbsent(name(type, element), element);
        }
        return elements;
    }

    /** Returns the path element of one element. */
    static String name(ListOf type, JsonNode element) {
        if (type.set()) {
            return "v:" + Violation.show(element);
        }
        ObjectNode keys = Json.object();
        for (String key : new TreeSet<>(type.keys())) {
            JsonNode value = element.path(key);
            if (!value.isMissingNode()) {
                keys.set(key, value);
            } else if (key.equals("protocol")) {
                keys.put(key, "TCP");
            }
        }
        return "k:" + Violation.show(keys);
    }
}
