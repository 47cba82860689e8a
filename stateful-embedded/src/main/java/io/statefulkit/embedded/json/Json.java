package io.statefulkit.embedded.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads and writes JSON trees, and views them as fabric8 models. */
public final class Json {

    private static final ObjectMapper TREES = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @SuppressWarnings(
            "deprecation") // The mapper is only used for conversion; there is no other way to share its modules.
    private static final ObjectMapper MODELS = Serialization.jsonMapper();

    private Json() {}

    /** Returns a new, empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Parses JSON. */
    public static JsonNode parse(byte[] bytes) throws IOException {
        return TREES.readTree(bytes);
    }

    /** Parses JSON that this code wrote itself. */
    public static JsonNode parse(String text) {
        try {
            return TREES.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("text is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Writes a tree. */
    public static byte[] bytes(JsonNode node) {
        try {
            return TREES.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written: " + e.getOriginalMessage(), e);
        }
    }

    /** Views a tree as a model; the model is a copy. */
    public static <T> T as(JsonNode node, Class<T> type) {
        try {
            return MODELS.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Turns a model into a tree. */
    public static ObjectNode from(Object model) {
        return MODELS.valueToTree(model);
    }

    /** Returns the object in a field, made when there is none. */
    public static ObjectNode child(ObjectNode parent, String field) {
        if (parent.get(field) instanceof ObjectNode child) {
            return child;
        }
        return parent.putObject(field);
    }

    /** Returns the node behind a path of fields, or a missing node. */
    public static JsonNode at(JsonNode node, String... fields) {
        JsonNode current = node;
        for (String field : fields) {
            current = current.path(field);
        }
        return current;
    }

    /** Returns the text behind a path of fields, or an empty text. */
    public static String text(JsonNode node, String... fields) {
        return at(node, fields).asText("");
    }

    /** Returns the objects of the list behind a path of fields; what is no object is left out. */
    public static List<ObjectNode> objects(JsonNode node, String... fields) {
        List<ObjectNode> objects = new ArrayList<>();
        for (JsonNode element : at(node, fields)) {
            if (element instanceof ObjectNode object) {
                objects.add(object);
            }
        }
        return objects;
    }

    /** Returns the texts of a list. */
    public static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    /** Copies an object so that its fields and its metadata's fields can be set; what is below is shared. */
    public static ObjectNode shallowCopyWithMetadata(ObjectNode object) {
        ObjectNode copy = object();
        copy.setAll(object);
        ObjectNode metadata = object();
        if (object.get("metadata") instanceof ObjectNode old) {
            metadata.setAll(old);
        }
        copy.set("metadata", metadata);
        return copy;
    }

    /** Compares trees by value: the order of fields and the width of numbers do not count. Visits each node once. */
    public static boolean same(JsonNode a, JsonNode b) {
        if (identical(a, b)) {
            return true;
        }
        if (a.isNumber() && b.isNumber()) {
            return sameNumber(a, b);
        }
        if (a.getNodeType() != b.getNodeType() || a.size() != b.size()) {
            return false;
        }
        if (a.isArray()) {
            return sameElements(a, b);
        }
        return a.isObject() ? sameFields(a, b) : a.equals(b);
    }

    /** Says whether two nodes are one and the same. */
    @SuppressWarnings("ReferenceEquality") // The point of it: a shared tree need not be compared.
    public static boolean identical(JsonNode a, JsonNode b) {
        return a == b;
    }

    private static boolean sameNumber(JsonNode a, JsonNode b) {
        if (a.isIntegralNumber() && b.isIntegralNumber() && a.canConvertToLong() && b.canConvertToLong()) {
            return a.longValue() == b.longValue();
        }
        return a.decimalValue().compareTo(b.decimalValue()) == 0;
    }

    private static boolean sameElements(JsonNode a, JsonNode b) {
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.path(i), b.path(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameFields(JsonNode a, JsonNode b) {
        for (Map.Entry<String, JsonNode> field : a.properties()) {
            JsonNode other = b.get(field.getKey());
            if (other == null || !same(field.getValue(), other)) {
                return false;
            }
        }
        return true;
    }
}
