package io.statefulkit.embedded.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Page;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WatchEvent;
import io.statefulkit.embedded.http.table.Tables;
import io.statefulkit.embedded.json.Json;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/** Renders objects in the form that the client asked for. What is given is never modified. */
final class Rendering {

    private final ResourceType type;
    private final Form form;
    private final Tables tables;

    Rendering(ResourceType type, Form form, Tables tables) {
        this.type = type;
        this.form = form;
        this.tables = tables;
    }

    /** Renders one object. */
    ObjectNode one(ObjectNode object) {
        return switch (form) {
            case WHOLE -> object;
            case TABLE -> tables.of(type, List.of(object), version(object));
            case METADATA -> Tables.metadataOnly(object, true);
        };
    }

    /** Renders what a LIST found. */
    Buffer list(Page page, EncodedItems encoded, ListedBefore before) {
        if (form != Form.WHOLE || !EncodedItems.pays(page.items().size())) {
            return Buffer.buffer(Json.bytes(list(page)));
        }
        ObjectNode head = Json.object().put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
        head.set("metadata", metadata(page));
        // The items come before the closing brace.
        String start = head.toString();
        Optional<Buffer> same = before.text(start, page.items());
        if (same.isPresent()) {
            return same.get();
        }
        Buffer whole = Buffer.buffer(start.substring(0, start.length() - 1)).appendString(",\"items\":[");
        String separator = "";
        for (ObjectNode item : page.items()) {
            whole.appendString(separator).appendBytes(encoded.of(item));
            separator = ",";
        }
        whole.appendString("]}");
        before.keep(start, page.items(), whole);
        return whole;
    }

    private ObjectNode list(Page page) {
        ObjectNode list = Json.object();
        ObjectNode metadata = metadata(page);
        if (form == Form.TABLE) {
            list = tables.of(type, page.items(), "");
            list.set("metadata", metadata);
            return list;
        }
        boolean whole = form == Form.WHOLE;
        list.put("kind", whole ? type.kind() + "List" : "PartialObjectMetadataList");
        list.put("apiVersion", whole ? type.apiVersion() : "meta.k8s.io/v1");
        list.set("metadata", metadata);
        ArrayNode items = list.putArray("items");
        page.items().forEach(item -> items.add(whole ? untyped(item) : Tables.metadataOnly(item, false)));
        return list;
    }

    private static ObjectNode metadata(Page page) {
        ObjectNode metadata = Json.object().put("resourceVersion", Long.toString(page.revision()));
        if (!page.continueToken().isEmpty()) {
            metadata.put("continue", page.continueToken());
        }
        page.remaining().ifPresent(count -> metadata.put("remainingItemCount", count));
        return metadata;
    }

    /** Renders one event of a watch. */
    ObjectNode event(WatchEvent event) {
        ObjectNode rendered = Json.object().put("type", event.type().name());
        boolean object = switch (event.type()) {
            case ADDED, MODIFIED, DELETED -> true;
            case BOOKMARK, ERROR -> false;
        };
        rendered.set("object", object ? one(event.object()) : bookmark(event));
        return rendered;
    }

    private ObjectNode bookmark(WatchEvent event) {
        if (event.type() == WatchEvent.Type.BOOKMARK && form == Form.TABLE) {
            ObjectNode table = tables.of(type, List.of(), "");
            table.set("metadata", event.object().path("metadata"));
            return table;
        }
        return event.object();
    }

    /** Returns what a deletion of many is answered with: a list like any other. */
    static ObjectNode deleted(ObjectNode list) {
        ObjectNode shown = Json.object();
        shown.setAll(list);
        ArrayNode items = shown.putArray("items");
        Json.objects(list, "items").forEach(item -> items.add(untyped(item)));
        return shown;
    }

    // The items of a typed list carry neither kind nor apiVersion.
    static ObjectNode untyped(ObjectNode item) {
        ObjectNode shallow = Json.object();
        item.properties().forEach(field -> {
            if (!field.getKey().equals("kind") && !field.getKey().equals("apiVersion")) {
                shallow.set(field.getKey(), field.getValue());
            }
        });
        return shallow;
    }

    private static String version(ObjectNode object) {
        return object.path("metadata").path("resourceVersion").asText("");
    }
}
