package io.statefulkit.embedded.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.util.Map;

/** Tells whether a write would change anything. */
final class SameObject {

    private SameObject() {}

    /** Compares two objects but for their resourceVersion and the times of their managed fields. */
    static boolean same(ObjectNode before, ObjectNode after) {
        return sameFields(before, after, "metadata", SameObject::sameMetadata);
    }

    private static boolean sameMetadata(JsonNode before, JsonNode after) {
        JsonNode old = without(before, "resourceVersion");
        return sameFields(old, without(after, "resourceVersion"), "managedFields", SameObject::sameManagers);
    }

    private static boolean sameManagers(JsonNode before, JsonNode after) {
        if (before.size() != after.size()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!Json.same(without(before.path(i), "time"), without(after.path(i), "time"))) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode without(JsonNode node, String field) {
        if (!node.has(field)) {
            return node;
        }
        ObjectNode copy = Json.object();
        copy.setAll((ObjectNode) node);
        copy.remove(field);
        return copy;
    }

    private static boolean sameFields(JsonNode before, JsonNode after, String special, Comparison comparison) {
        if (before.size() != after.size()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> field : before.properties()) {
            JsonNode other = after.path(field.getKey());
            boolean same = field.getKey().equals(special)
                    ? comparison.same(field.getValue(), other)
                    : Json.same(field.getValue(), other);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private interface Comparison {
        boolean same(JsonNode before, JsonNode after);
    }
}
