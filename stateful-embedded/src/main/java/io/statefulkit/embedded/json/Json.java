package io.statefulkit.embedded.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;

/** Reads and writes JSON trees, and views them as fabric8 models. */
public final class Json {

    private static final ObjectMapper TREES = new ObjectMapper();

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
}
