package io.statefulkit.embedded.api.value;

import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.store.ObjectKey;

/** What a request is about. */
public record Target(ResourceType type, String namespace, String name, String subresource) {

    public ObjectKey key() {
        return key(type, namespace, name);
    }

    public static ObjectKey key(ResourceType type, String namespace, String name) {
        return new ObjectKey(type.qualified(), type.namespaced() ? namespace : "", name);
    }
}
