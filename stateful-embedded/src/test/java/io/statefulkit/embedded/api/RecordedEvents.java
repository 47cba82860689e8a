package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.server.StoreApi;
import io.statefulkit.embedded.json.Json;
import java.util.Set;

/** Brings objects into the state that a recording's watch events show. */
final class RecordedEvents {

    private static final WriteOptions CONTROLLER = WriteOptions.by("controller");

    private final StoreApi api;
    private final Set<ResourceType> types;

    RecordedEvents(StoreApi api, Set<ResourceType> types) {
        this.api = api;
        this.types = types;
    }

    void replay(JsonNode line) {
        JsonNode object = line.path("object");
        ResourceType type = types.stream()
                .filter(candidate -> candidate.kind().equals(Json.text(object, "kind")))
                .findFirst()
                .orElse(null);
        String namespace = Json.text(object, "metadata", "namespace");
        if (type == null || api.find(ResourceCatalog.NAMESPACES, "", namespace).isEmpty()) {
            return;
        }
        String name = Json.text(object, "metadata", "name");
        if (line.path("type").asText().equals("DELETED")) {
            return;
        }
        if (api.find(type, namespace, name).isEmpty()) {
            ObjectNode body = object.deepCopy();
            Json.child(body, "metadata").remove("resourceVersion");
            api.create(type, namespace, body, CONTROLLER);
        }
        ObjectNode stored = api.get(type, namespace, name);
        String node = Json.text(object, "spec", "nodeName");
        if (type.equals(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS)) {
            api.edit(type, namespace, name, "", claim -> with(claim, object, "spec"), CONTROLLER);
        } else if (!node.equals(Json.text(stored, "spec", "nodeName"))) {
            ObjectNode binding = Json.object();
            binding.putObject("target").put("name", node);
            api.post(type, namespace, name, "binding", binding, CONTROLLER);
        }
        api.edit(type, namespace, name, "status", old -> with(old, object, "status"), CONTROLLER);
    }

    private static ObjectNode with(ObjectNode stored, JsonNode object, String field) {
        stored.set(field, object.path(field).deepCopy());
        return stored;
    }
}
