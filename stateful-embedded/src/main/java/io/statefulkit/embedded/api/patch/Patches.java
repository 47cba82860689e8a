package io.statefulkit.embedded.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.PatchType;
import io.statefulkit.embedded.json.Json;
import java.util.Map;

/** Applies the patches that need no knowledge of who owns which field. */
public final class Patches {

    private Patches() {}

    /** Returns the patched object; the one given is not touched. */
    public static ObjectNode apply(PatchType patchType, ObjectNode object, JsonNode patch) {
        return switch (patchType) {
            case JSON -> json(object, patch);
            case MERGE -> merge(object, requireObject(patch));
            case STRATEGIC -> StrategicMerge.apply(object, requireObject(patch));
            case APPLY -> throw new IllegalArgumentException("server-side apply is no plain patch");
        };
    }

    private static ObjectNode json(ObjectNode object, JsonNode patch) {
        if (!(patch instanceof ArrayNode)) {
            throw Failures.badRequest(
                    "error decoding patch: json: cannot unmarshal object into Go value of type []interface {}");
        }
        try {
            JsonNode patched = object.deepCopy();
            for (JsonNode operation : patch) {
                requireTarget(patched, operation);
                patched = JsonPatch.apply(Json.object().arrayNode().add(operation), patched);
            }
            if (patched instanceof ObjectNode result) {
                return result;
            }
        } catch (JsonPatchException | IllegalArgumentException e) {
            throw Failures.unprocessablePatch();
        }
        throw Failures.unprocessablePatch();
    }

    /** What is removed or replaced must be there. */
    private static void requireTarget(JsonNode object, JsonNode operation) {
        String kind = operation.path("op").asText();
        boolean needed = kind.equals("remove") || kind.equals("replace");
        if (needed && object.at(operation.path("path").asText()).isMissingNode()) {
            throw Failures.unprocessablePatch();
        }
    }

    private static ObjectNode requireObject(JsonNode patch) {
        if (patch instanceof ObjectNode object) {
            return object;
        }
        throw Failures.badRequest("error decoding patch: json: cannot unmarshal "
                + (patch.isArray() ? "array" : "value") + " into Go value of type map[string]interface {}");
    }

    /** RFC 7386. */
    static ObjectNode merge(ObjectNode object, ObjectNode patch) {
        ObjectNode result = Json.object();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            result.set(field.getKey(), field.getValue().deepCopy());
        }
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                result.remove(field.getKey());
            } else if (value instanceof ObjectNode nested) {
                ObjectNode base = object.get(field.getKey()) instanceof ObjectNode old ? old : Json.object();
                result.set(field.getKey(), merge(base, nested));
            } else {
                result.set(field.getKey(), value.deepCopy());
            }
        }
        return result;
    }
}
