package io.statefulkit.embedded.api.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.DeleteOptions;
import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.ListOptions;
import io.statefulkit.embedded.api.Page;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.api.write.Deletions;
import io.statefulkit.embedded.json.Json;

/** What clients ask to delete: an object, or all that a selector matches. */
final class Removals {

    private final Api api;
    private final Deletions deletions;
    private final NamespaceContents contents;

    Removals(Api api, Deletions deletions, NamespaceContents contents) {
        this.api = api;
        this.deletions = deletions;
        this.contents = contents;
    }

    ObjectNode delete(ResourceType type, String namespace, String name, DeleteOptions options) {
        ObjectNode answer = deletions.delete(new Target(type, namespace, name, ""), options);
        contents.refill(type, namespace);
        return answer;
    }

    ObjectNode deleteAll(ResourceType type, String namespace, ListOptions list, DeleteOptions options) {
        Page page = api.list(type, namespace, list);
        ObjectNode answer = Json.object();
        answer.put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
        answer.putObject("metadata").put("resourceVersion", Long.toString(page.revision()));
        ArrayNode items = answer.putArray("items");
        for (ObjectNode object : page.items()) {
            items.add(object);
            JsonNode metadata = object.path("metadata");
            Target target = new Target(type, Json.text(metadata, "namespace"), Json.text(metadata, "name"), "");
            if (api.find(type, target.namespace(), target.name()).isPresent()) {
                deleteIfThere(target, options);
            }
        }
        contents.refill(type, namespace);
        return answer;
    }

    private void deleteIfThere(Target target, DeleteOptions options) {
        try {
            deletions.deleteObject(target, options);
        } catch (Failure failure) {
            if (failure.code() != 404) {
                throw failure;
            }
        }
    }
}
