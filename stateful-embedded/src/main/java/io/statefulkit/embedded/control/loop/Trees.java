package io.statefulkit.embedded.control.loop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;

/** Changes JSON trees. */
public final class Trees {

    private Trees() {}

    /** Returns {@code metadata} of an object that has one. */
    public static ObjectNode metadata(ObjectNode object) {
        return Json.child(object, "metadata");
    }

    /** Returns {@code status}, made when missing. */
    public static ObjectNode status(ObjectNode object) {
        return Json.child(object, "status");
    }

    /** Sets an annotation. */
    public static void annotate(ObjectNode object, String key, String value) {
        Json.child(metadata(object), "annotations").put(key, value);
    }

    /** Adds a finalizer unless it is there. */
    public static void addFinalizer(ObjectNode object, String finalizer) {
        if (!new Resource(object).hasFinalizer(finalizer)) {
            metadata(object).withArray("finalizers").add(finalizer);
        }
    }

    /** Removes a finalizer. */
    public static void removeFinalizer(ObjectNode object, String finalizer) {
        ObjectNode metadata = metadata(object);
        var kept = metadata.arrayNode();
        metadata.path("finalizers").forEach(each -> {
            if (!each.asText().equals(finalizer)) {
                kept.add(each);
            }
        });
        if (kept.isEmpty()) {
            metadata.remove("finalizers");
        } else {
            metadata.set("finalizers", kept);
        }
    }
}
