package io.statefulkit.embedded.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.schema.FieldType;
import io.statefulkit.embedded.schema.FieldType.ListOf;
import io.statefulkit.embedded.schema.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Merges a configuration into an object by the types of its fields, and removes what is given up. */
final class ApplyMerge {

    private ApplyMerge() {}

    /** Returns a new tree; neither of the two is touched. */
    static JsonNode merge(FieldType type, JsonNode live, JsonNode configuration) {
        if (type.atomic() || live.getNodeType() != configuration.getNodeType()) {
            return configuration.deepCopy();
        }
        if (type instanceof ListOf list) {
            return mergeList(list, live, configuration);
        }
        ObjectNode result = ((ObjectNode) live).deepCopy();
        for (Map.Entry<String, JsonNode> entry : configuration.properties()) {
            Optional<FieldType> inner = OwnedFields.typeOf(type, entry.getKey());
            JsonNode old = live.get(entry.getKey());
            if (inner.isEmpty() || old == null) {
                result.set(entry.getKey(), entry.getValue().deepCopy());
            } else {
                result.set(entry.getKey(), merge(inner.get(), old, entry.getValue()));
            }
        }
        return result;
    }

    /** Merges elements by key: the order of the configuration counts, others keep their place before what followed. */
    private static JsonNode mergeList(ListOf type, JsonNode live, JsonNode configuration) {
        Map<String, JsonNode> old = ListElements.of(type, live);
        Map<String, JsonNode> wanted = ListElements.of(type, configuration);
        List<String> names = new ArrayList<>(wanted.keySet());
        int at = 0;
        for (String name : old.keySet()) {
            if (wanted.containsKey(name)) {
                at = Math.max(at, names.indexOf(name) + 1);
            } else {
                names.add(at, name);
                at++;
            }
        }
        ArrayNode result = Json.object().arrayNode();
        for (String name : names) {
            JsonNode before = old.get(name);
            JsonNode after = wanted.get(name);
            result.add(merged(type.elements(), before, after));
        }
        return result;
    }

    private static @Nullable JsonNode merged(FieldType type, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null) {
            return after == null ? null : after.deepCopy();
        }
        return after == null ? before.deepCopy() : merge(type, before, after);
    }

    /**
     * Removes what a manager gave up.
     *
     * @param last what it owned before
     * @param kept what is still owned by anybody
     */
    static ObjectNode prune(Struct struct, ObjectNode object, FieldSet last, FieldSet kept) {
        ObjectNode result = object.deepCopy();
        pruneInner(struct, result, last, kept);
        return result;
    }

    private static void pruneInner(FieldType type, JsonNode node, FieldSet last, FieldSet kept) {
        if (type.atomic()) {
            return;
        }
        if (node instanceof ObjectNode object) {
            pruneFields(type, object, last, kept);
        } else if (type instanceof ListOf list && node instanceof ArrayNode array) {
            pruneElements(list, array, last, kept);
        }
    }

    private static void pruneFields(FieldType type, ObjectNode object, FieldSet last, FieldSet kept) {
        for (String element : last.elements()) {
            String field = element.substring(2);
            JsonNode value = object.get(field);
            Optional<FieldType> inner = OwnedFields.typeOf(type, field);
            if (value == null || inner.isEmpty()) {
                continue;
            }
            if (givenUp(last, kept, element)) {
                object.remove(field);
                continue;
            }
            boolean wasEmpty = value.isEmpty();
            pruneInner(inner.get(), value, last.child(element), orEmpty(kept.find(element)));
            boolean emptied = value.isContainerNode() && value.isEmpty() && !wasEmpty;
            if (emptied && !orEmpty(kept.find(element)).member()) {
                object.remove(field);
            }
        }
    }

    private static void pruneElements(ListOf list, ArrayNode array, FieldSet last, FieldSet kept) {
        Map<String, JsonNode> elements = ListElements.of(list, array);
        List<JsonNode> rest = new ArrayList<>();
        elements.forEach((element, value) -> {
            FieldSet before = last.find(element);
            if (before == null || !givenUp(last, kept, element)) {
                if (before != null) {
                    pruneInner(list.elements(), value, before, orEmpty(kept.find(element)));
                }
                rest.add(value);
            }
        });
        array.removeAll();
        array.addAll(rest);
    }

    /** Says whether a node was owned and nobody owns it or anything below it now. */
    private static boolean givenUp(FieldSet last, FieldSet kept, String element) {
        return orEmpty(last.find(element)).member() && kept.find(element) == null;
    }

    private static FieldSet orEmpty(@Nullable FieldSet set) {
        return set == null ? FieldSet.empty() : set;
    }
}
