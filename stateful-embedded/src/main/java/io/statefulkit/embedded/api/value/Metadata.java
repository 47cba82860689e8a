package io.statefulkit.embedded.api.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** The metadata that clients cannot set or change. */
public final class Metadata {

    private static final List<String> SERVER_OWNED = List.of(
            "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink");

    private Metadata() {}

    /** Removes from a new object what only the server may set. */
    public static void wipe(ObjectNode metadata) {
        metadata.remove(SERVER_OWNED);
        metadata.remove("resourceVersion");
    }

    /** Takes from the stored object what an update cannot change. */
    public static void carryOver(ObjectNode old, ObjectNode next) {
        ObjectNode metadata = Json.child(next, "metadata");
        for (String field : SERVER_OWNED) {
            copyOrRemove(old.path("metadata"), metadata, field);
        }
        copyOrRemove(old.path("metadata"), metadata, "resourceVersion");
        copyOrRemove(old.path("metadata"), metadata, "name");
        copyOrRemove(old.path("metadata"), metadata, "namespace");
        if (metadata.path("managedFields").isEmpty()) {
            copyOrRemove(old.path("metadata"), metadata, "managedFields");
        }
    }

    /** Makes a field the same as in another object. */
    public static void copyOrRemove(JsonNode from, ObjectNode to, String field) {
        JsonNode value = from.get(field);
        if (value == null) {
            to.remove(field);
        } else {
            to.set(field, value);
        }
    }

    public static boolean deleting(JsonNode object) {
        return Json.at(object, "metadata").hasNonNull("deletionTimestamp");
    }

    /** Says whether a deleted object has nothing left to wait for. */
    public static boolean gone(ResourceType type, ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        boolean namespaceHeld = type.equals(ResourceCatalog.NAMESPACES)
                && !Json.at(object, "spec", "finalizers").isEmpty();
        return deleting(object)
                && metadata.path("deletionGracePeriodSeconds").asLong(0) == 0
                && metadata.path("finalizers").isEmpty()
                && !namespaceHeld;
    }
}
