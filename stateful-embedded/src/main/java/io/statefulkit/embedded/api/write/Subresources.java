package io.statefulkit.embedded.api.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Map;

/** How a subresource shows an object, and what writing it changes. */
public final class Subresources {

    private static final ResourceType SCALE = new ResourceType(
            "autoscaling", "v1", "Scale", "scale", "scale", true, List.of(), false, false, false, List.of());

    private Subresources() {}

    /** Returns the kind of what is written: that of the object itself but for a scale. */
    public static ResourceType written(ResourceType type, String subresource) {
        return subresource.equals("scale") ? SCALE : type;
    }

    /** Refuses a subresource that the kind does not have. */
    public static void check(ResourceType type, String subresource) {
        boolean there = switch (subresource) {
            case "" -> true;
            case "status" -> type.status();
            case "scale" -> type.scale();
            case "finalize" -> type.equals(ResourceCatalog.NAMESPACES);
            default -> false;
        };
        if (!there) {
            throw Failures.notFound();
        }
    }

    /** Returns what a client reads. */
    public static ObjectNode view(String subresource, ObjectNode object) {
        return subresource.equals("scale") ? Scale.of(object) : object;
    }

    /** Returns the whole object after a client wrote the subresource. */
    static ObjectNode merge(ResourceType type, String subresource, ObjectNode old, ObjectNode written) {
        return switch (subresource) {
            case "status" -> withStatus(old, written);
            case "scale" -> withReplicas(old, written);
            case "finalize" -> withFinalizers(old, written);
            case "binding" -> Json.shallowCopyWithMetadata(written);
            default -> withoutStatus(type, old, written);
        };
    }

    private static ObjectNode withoutStatus(ResourceType type, ObjectNode old, ObjectNode written) {
        ObjectNode next = Json.shallowCopyWithMetadata(written);
        if (type.status()) {
            Metadata.copyOrRemove(old, next, "status");
        }
        return next;
    }

    private static ObjectNode withStatus(ObjectNode old, ObjectNode written) {
        ObjectNode next = Json.shallowCopyWithMetadata(old);
        Metadata.copyOrRemove(written, next, "status");
        ObjectNode metadata = Json.child(next, "metadata");
        for (String field : new String[] {"labels", "annotations", "finalizers", "resourceVersion", "uid"}) {
            Metadata.copyOrRemove(written.path("metadata"), metadata, field);
        }
        if (old.path("kind").asText().equals("Deployment")) {
            Metadata.copyOrRemove(old.path("metadata"), metadata, "labels");
        }
        return next;
    }

    private static ObjectNode withReplicas(ObjectNode old, ObjectNode scale) {
        ObjectNode next = Json.shallowCopyWithMetadata(old);
        ObjectNode spec = Json.object();
        for (Map.Entry<String, JsonNode> field : old.path("spec").properties()) {
            spec.set(field.getKey(), field.getValue());
        }
        JsonNode replicas = Json.at(scale, "spec", "replicas");
        spec.set("replicas", replicas.isNumber() ? replicas : Json.object().numberNode(0));
        next.set("spec", spec);
        ObjectNode metadata = Json.child(next, "metadata");
        Metadata.copyOrRemove(scale.path("metadata"), metadata, "resourceVersion");
        if (scale.path("metadata").hasNonNull("uid")) {
            Metadata.copyOrRemove(scale.path("metadata"), metadata, "uid");
        }
        return next;
    }

    private static ObjectNode withFinalizers(ObjectNode old, ObjectNode written) {
        ObjectNode next = Json.shallowCopyWithMetadata(old);
        next.set("spec", written.path("spec").isObject() ? written.path("spec") : Json.object());
        Metadata.copyOrRemove(written.path("metadata"), Json.child(next, "metadata"), "resourceVersion");
        return next;
    }
}
