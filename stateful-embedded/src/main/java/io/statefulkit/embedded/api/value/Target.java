package io.statefulkit.embedded.api.value;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectKey;

/** What a request is about. */
public record Target(ResourceType type, String namespace, String name, String subresource) {

    /** Refuses an object that says it is another one. */
    public void checkNamed(ObjectNode object) {
        String own = Json.text(object, "metadata", "name");
        if (!own.isEmpty()) {
            checkName(own);
        }
        String place = Json.text(object, "metadata", "namespace");
        if (!place.isEmpty() && !place.equals(namespace)) {
            throw Failures.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    /** Refuses the name of another object. */
    public void checkName(String named) {
        if (!named.equals(name)) {
            throw Failures.badRequest(
                    "the name of the object (" + named + ") does not match the name on the URL (" + name + ")");
        }
    }

    public ObjectKey key() {
        return key(type, namespace, name);
    }

    public static ObjectKey key(ResourceType type, String namespace, String name) {
        return new ObjectKey(type.qualified(), type.namespaced() ? namespace : "", name);
    }
}
