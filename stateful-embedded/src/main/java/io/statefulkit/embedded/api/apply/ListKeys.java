package io.statefulkit.embedded.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.schema.FieldType;
import io.statefulkit.embedded.schema.FieldType.ListOf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds elements of applied lists that cannot be told apart. */
final class ListKeys {

    private final List<String> problems = new ArrayList<>();

    private ListKeys() {}

    /** Returns what is wrong, with the path of each list. */
    static List<String> problems(FieldType type, JsonNode node) {
        ListKeys keys = new ListKeys();
        keys.check(type, node, "");
        return keys.problems;
    }

    private void check(FieldType type, JsonNode node, String path) {
        if (type.atomic()) {
            return;
        }
        if (type instanceof ListOf list) {
            list(list, node, path);
            return;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            OwnedFields.typeOf(type, field.getKey())
                    .ifPresent(inner -> check(inner, field.getValue(), path + "." + field.getKey()));
        }
    }

    private void list(ListOf list, JsonNode node, String path) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < node.size(); i++) {
            JsonNode element = node.path(i);
            String missing = list.keys().stream()
                    .filter(key -> !element.has(key) && !key.equals("protocol"))
                    .findFirst()
                    .orElse("");
            String name = ListElements.name(list, element);
            if (!missing.isEmpty()) {
                problems.add(path + ": element " + i
                        + ": associative list with keys has an element that omits key field \"" + missing
                        + "\" (and doesn't have default value)");
            } else if (!seen.add(name)) {
                problems.add(path + ": duplicate entries for key " + FieldSet.readable(name));
            } else {
                check(list.elements(), element, path + FieldSet.readable(name));
            }
        }
    }
}
