package io.statefulkit.embedded.control.loop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot of an object, read without turning it into a model: controllers read the same few fields of many objects. Two
 * snapshots are never equal, even of the same object.
 */
public final class Resource {

    private final ObjectNode json;

    /** Takes an object that nobody modifies any more. */
    public Resource(ObjectNode json) {
        this.json = json;
    }

    /** Returns the object; it must not be modified. */
    public ObjectNode json() {
        return json;
    }

    @Override
    public String toString() {
        return kind() + " " + key();
    }

    /** Returns {@code metadata.name}. */
    public String name() {
        return metadata("name");
    }

    /** Returns {@code metadata.namespace}, or an empty text. */
    public String namespace() {
        return metadata("namespace");
    }

    /** Returns {@code metadata.uid}. */
    public String uid() {
        return metadata("uid");
    }

    /** Returns {@code metadata.resourceVersion}. */
    public String resourceVersion() {
        return metadata("resourceVersion");
    }

    /** Returns how other objects refer to this one as it is now. */
    public ObjectNode reference() {
        ObjectNode reference = Json.object().put("kind", kind());
        if (!namespace().isEmpty()) {
            reference.put("namespace", namespace());
        }
        return reference
                .put("name", name())
                .put("uid", uid())
                .put("apiVersion", apiVersion())
                .put("resourceVersion", resourceVersion());
    }

    /** Returns the kind. */
    public String kind() {
        return json.path("kind").asText("");
    }

    /** Returns the API version. */
    public String apiVersion() {
        return json.path("apiVersion").asText("");
    }

    /** Returns what names the object. */
    public Key key() {
        return new Key(namespace(), name());
    }

    /** Returns whether the object is being deleted. */
    public boolean deleting() {
        return json.path("metadata").hasNonNull("deletionTimestamp");
    }

    /** Returns {@code metadata.generation}. */
    public long generation() {
        return json.path("metadata").path("generation").asLong(0);
    }

    /** Returns when the object was created. */
    public Instant created() {
        return Times.parse(metadata("creationTimestamp"));
    }

    /** Returns {@code spec}, possibly missing. */
    public JsonNode spec() {
        return json.path("spec");
    }

    /** Returns {@code status}, possibly missing. */
    public JsonNode status() {
        return json.path("status");
    }

    /** Returns a label, or an empty text. */
    public String label(String key) {
        return json.path("metadata").path("labels").path(key).asText("");
    }

    /** Returns an annotation, or an empty text. */
    public String annotation(String key) {
        return json.path("metadata").path("annotations").path(key).asText("");
    }

    /** Returns the labels. */
    public Map<String, String> labels() {
        return texts(json.path("metadata").path("labels"));
    }

    /** Returns the annotations. */
    public Map<String, String> annotations() {
        return texts(json.path("metadata").path("annotations"));
    }

    /** Returns whether the object has this finalizer. */
    public boolean hasFinalizer(String finalizer) {
        for (JsonNode each : json.path("metadata").path("finalizers")) {
            if (each.asText().equals(finalizer)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the owners. */
    public List<OwnerRef> owners() {
        JsonNode refs = json.path("metadata").path("ownerReferences");
        if (refs.isEmpty()) {
            return List.of();
        }
        List<OwnerRef> owners = new ArrayList<>(refs.size());
        refs.forEach(ref -> owners.add(OwnerRef.of(ref)));
        return owners;
    }

    /** Returns the owner that controls the object. */
    public Optional<OwnerRef> controller() {
        return owners().stream().filter(OwnerRef::controller).findFirst();
    }

    /** Returns whether the object with this uid controls this one. */
    public boolean controlledBy(String uid) {
        for (JsonNode ref : json.path("metadata").path("ownerReferences")) {
            if (ref.path("controller").asBoolean(false)) {
                return ref.path("uid").asText("").equals(uid);
            }
        }
        return false;
    }

    /** Returns the condition of this type; missing fields when there is none. */
    public JsonNode condition(String type) {
        return condition(status().path("conditions"), type);
    }

    /** Returns whether the condition of this type is true. */
    public boolean is(String conditionType) {
        return condition(conditionType).path("status").asText("").equals("True");
    }

    /** Returns the entry of a list of conditions; missing fields when there is none. */
    public static JsonNode condition(JsonNode conditions, String type) {
        for (JsonNode condition : conditions) {
            if (condition.path("type").asText("").equals(type)) {
                return condition;
            }
        }
        return conditions.path("none");
    }

    /** Returns an object of texts as a map. */
    public static Map<String, String> texts(JsonNode object) {
        Map<String, String> map = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText("")));
        return map;
    }

    private String metadata(String field) {
        return json.path("metadata").path(field).asText("");
    }
}
