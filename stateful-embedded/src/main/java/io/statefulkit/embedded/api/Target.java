package io.statefulkit.embedded.api;

import io.statefulkit.embedded.store.ObjectKey;

/** What a request is about. */
record Target(ResourceType type, String namespace, String name, String subresource) {

    ObjectKey key() {
        return key(type, namespace, name);
    }

    static ObjectKey key(ResourceType type, String namespace, String name) {
        return new ObjectKey(type.qualified(), type.namespaced() ? namespace : "", name);
    }
}
