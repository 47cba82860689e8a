package io.statefulkit.embedded.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kubernetes' own merge: lists of objects merge by a key, and directives say more. */
final class StrategicMerge {

    private static final String DIRECTIVE = "$patch";
    private static final String ORDER = "$setElementOrder/";
    private static final String DELETE_PRIMITIVES = "$deleteFromPrimitiveList/";
    private static final String RETAIN_KEYS = "$retainKeys";

    private StrategicMerge() {}

    static ObjectNode apply(ObjectNode object, ObjectNode patch) {
        return merge(object.deepCopy(), patch.deepCopy(), "");
    }

    private static ObjectNode merge(ObjectNode base, ObjectNode patch, String parent) {
        String directive = Directive.of(patch);
        patch.remove(DIRECTIVE);
        if (directive.equals("replace")) {
            return clean(patch);
        }
        if (directive.equals("delete")) {
            return Json.object();
        }
        retainKeys(base, patch);
        for (Map.Entry<String, JsonNode> field : List.copyOf(patch.properties())) {
            if (field.getKey().startsWith(DELETE_PRIMITIVES)) {
                deletePrimitives(base, field.getKey().substring(DELETE_PRIMITIVES.length()), field.getValue());
                patch.remove(field.getKey());
            }
        }
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            if (!field.getKey().startsWith("$")) {
                mergeField(base, field.getKey(), field.getValue(), parent);
            }
        }
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            if (field.getKey().startsWith(ORDER)) {
                order(base, field.getKey().substring(ORDER.length()), field.getValue(), parent);
            }
        }
        return base;
    }

    private static void mergeField(ObjectNode base, String name, JsonNode value, String parent) {
        JsonNode old = base.get(name);
        if (value.isNull()) {
            base.remove(name);
        } else if (value instanceof ObjectNode object) {
            base.set(name, merge(old instanceof ObjectNode oldObject ? oldObject : Json.object(), object, name));
        } else if (value instanceof ArrayNode list) {
            ArrayNode oldList =
                    old instanceof ArrayNode array ? array : Json.object().arrayNode();
            base.set(name, mergeList(oldList, list, name, parent));
        } else {
            base.set(name, value);
        }
    }

    private static ArrayNode mergeList(ArrayNode old, ArrayNode patch, String name, String parent) {
        String key = MergeKeys.of(parent, name);
        if (name.equals("finalizers")) {
            return union(old, patch);
        }
        if (key.isEmpty()) {
            return cleanList(patch);
        }
        for (JsonNode element : patch) {
            if (Directive.of(element).equals("replace") && !element.has(key)) {
                ArrayNode rest = patch.arrayNode();
                patch.forEach(other -> {
                    if (!Json.identical(other, element)) {
                        rest.add(other);
                    }
                });
                return cleanList(rest);
            }
        }
        List<JsonNode> result = new ArrayList<>();
        old.forEach(result::add);
        for (JsonNode element : patch) {
            mergeElement(result, element, key, name);
        }
        return patch.arrayNode().addAll(result);
    }

    private static void mergeElement(List<JsonNode> list, JsonNode element, String key, String name) {
        if (!(element instanceof ObjectNode object) || !object.has(key)) {
            throw Failures.plain(
                    500, "map: " + Violation.show(element) + " does not contain declared merge key: " + key);
        }
        int index = indexOf(list, key, object.path(key));
        if (Directive.of(object).equals("delete")) {
            if (index >= 0) {
                list.remove(index);
            }
        } else if (index >= 0 && list.get(index) instanceof ObjectNode old) {
            list.set(index, merge(old, object, name));
        } else {
            list.add(clean(object));
        }
    }

    private static int indexOf(List<JsonNode> list, String key, JsonNode value) {
        for (int i = 0; i < list.size(); i++) {
            if (Json.same(list.get(i).path(key), value)) {
                return i;
            }
        }
        return -1;
    }

    private static ArrayNode union(ArrayNode old, ArrayNode patch) {
        ArrayNode result = old.deepCopy();
        for (JsonNode element : patch) {
            boolean there = false;
            for (JsonNode other : result) {
                there |= Json.same(other, element);
            }
            if (!there) {
                result.add(element);
            }
        }
        return result;
    }

    private static void deletePrimitives(ObjectNode base, String name, JsonNode values) {
        if (!(base.get(name) instanceof ArrayNode list)) {
            return;
        }
        ArrayNode rest = list.arrayNode();
        for (JsonNode element : list) {
            boolean deleted = false;
            for (JsonNode value : values) {
                deleted |= Json.same(value, element);
            }
            if (!deleted) {
                rest.add(element);
            }
        }
        base.set(name, rest);
    }

    private static void retainKeys(ObjectNode base, ObjectNode patch) {
        JsonNode keys = patch.remove(RETAIN_KEYS);
        if (keys == null) {
            return;
        }
        List<String> kept = new ArrayList<>();
        keys.forEach(key -> kept.add(key.asText()));
        base.retain(kept);
    }

    /** Orders a list: elements of the patch in its order, others keep their place relative to those before them. */
    private static void order(ObjectNode base, String name, JsonNode wanted, String parent) {
        if (!(base.get(name) instanceof ArrayNode list)) {
            return;
        }
        String key = MergeKeys.of(parent, name);
        List<JsonNode> rest = new ArrayList<>();
        list.forEach(rest::add);
        List<JsonNode> ordered = new ArrayList<>();
        for (JsonNode element : wanted) {
            int index = key.isEmpty() ? indexOfValue(rest, element) : indexOf(rest, key, element.path(key));
            if (index >= 0) {
                ordered.add(rest.remove(index));
            }
        }
        base.set(name, list.arrayNode().addAll(weave(list, ordered, rest)));
    }

    private static List<JsonNode> weave(ArrayNode original, List<JsonNode> ordered, List<JsonNode> rest) {
        List<JsonNode> result = new ArrayList<>(ordered);
        for (JsonNode element : rest) {
            int at = 0;
            for (int i = 0; i < original.size() && !Json.identical(original.get(i), element); i++) {
                at = Math.max(at, identityIndex(result, original.get(i)) + 1);
            }
            result.add(at, element);
        }
        return result;
    }

    private static int identityIndex(List<JsonNode> list, JsonNode element) {
        for (int i = 0; i < list.size(); i++) {
            if (Json.identical(list.get(i), element)) {
                return i;
            }
        }
        return -1;
    }

    private static int indexOfValue(List<JsonNode> list, JsonNode value) {
        for (int i = 0; i < list.size(); i++) {
            if (Json.same(list.get(i), value)) {
                return i;
            }
        }
        return -1;
    }

    /** Removes directives and nulls from what is new. */
    private static ObjectNode clean(ObjectNode object) {
        return merge(Json.object(), object, "");
    }

    private static ArrayNode cleanList(ArrayNode list) {
        ArrayNode result = list.arrayNode();
        for (JsonNode element : list) {
            if (!Directive.of(element).equals("delete")) {
                result.add(element instanceof ObjectNode object ? clean(object) : element);
            }
        }
        return result;
    }
}
