package io.statefulkit.embedded.api.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;

/**
 * One who owns fields.
 *
 * @param manager the name
 * @param operation {@code Apply} or {@code Update}
 * @param apiVersion the version that was written
 * @param subresource the subresource that was written, or empty
 */
record FieldOwner(String manager, String operation, String apiVersion, String subresource) {

    static FieldOwner of(JsonNode entry) {
        return new FieldOwner(
                Json.text(entry, "manager"),
                Json.text(entry, "operation"),
                Json.text(entry, "apiVersion"),
                Json.text(entry, "subresource"));
    }

    ObjectNode toJson(FieldSet fields, String time) {
        ObjectNode entry = Json.object();
        entry.put("manager", manager).put("operation", operation).put("apiVersion", apiVersion);
        if (!time.isEmpty()) {
            entry.put("time", time);
        }
        entry.put("fieldsType", "FieldsV1").set("fieldsV1", fields.toJson());
        if (!subresource.isEmpty()) {
            entry.put("subresource", subresource);
        }
        return entry;
    }

    /** Says who it is, in the message about a conflict. */
    String describe(String time) {
        StringBuilder text =
                new StringBuilder("conflict with \"").append(manager).append('"');
        if (!subresource.isEmpty()) {
            text.append(" with subresource \"").append(subresource).append('"');
        }
        if (operation.equals("Update")) {
            text.append(" using ").append(apiVersion);
            if (!time.isEmpty()) {
                text.append(" at ").append(time);
            }
        }
        return text.toString();
    }
}
