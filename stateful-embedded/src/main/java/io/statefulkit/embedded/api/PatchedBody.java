package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads an object after a patch: what does not fit the kind any more is the fault of the patch. */
final class PatchedBody {

    private PatchedBody() {}

    static ObjectNode decode(
            ResourceType type, PatchType patchType, JsonNode patch, ObjectNode patched, WriteOptions options) {
        try {
            return Body.decode(type, patched, options.validation());
        } catch (Failure failure) {
            String prefix = Body.prefix(type);
            String message = failure.status().path("message").asText();
            if (!message.startsWith(prefix) || message.startsWith(prefix + "strict")) {
                throw failure;
            }
            String value = patchType == PatchType.STRATEGIC ? goText(patch) : Violation.show(patched);
            throw Failures.invalid(
                    "", "", "", List.of(Violation.invalid("patch", value, message.substring(prefix.length()))));
        }
    }

    /** Writes a tree as Go prints maps, which is what the message about a strategic merge patch shows. */
    private static String goText(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
            return sorted.entrySet().stream()
                    .map(field -> field.getKey() + ":" + goText(field.getValue()))
                    .collect(Collectors.joining(" ", "map[", "]"));
        }
        if (node.isArray()) {
            StringBuilder text = new StringBuilder("[");
            node.forEach(element -> text.append(text.length() == 1 ? "" : " ").append(goText(element)));
            return text.append(']').toString();
        }
        return node.isNull() ? "<nil>" : node.asText();
    }
}
