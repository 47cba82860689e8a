package io.statefulkit.embedded.api.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Api;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.WriteOptions;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.json.Json;

/** Sees to it that every namespace has what each of them has from the start. */
final class NamespaceContents {

    private final Api api;
    private final Bootstrap bootstrap;

    NamespaceContents(Api api, Bootstrap bootstrap) {
        this.api = api;
        this.bootstrap = bootstrap;
    }

    /** Fills what was created, if it is a namespace; returns it. */
    ObjectNode fill(ResourceType type, ObjectNode created, WriteOptions options) {
        if (type.equals(ResourceCatalog.NAMESPACES) && !options.dryRun()) {
            bootstrap.fill(api, Json.text(created, "metadata", "name"));
        }
        return created;
    }

    /** What every namespace has comes back when it is deleted, unless the namespace goes as well. */
    void refill(ResourceType type, String namespace) {
        boolean lacking = Bootstrap.everywhere(type)
                .filter(name -> api.find(type, namespace, name).isEmpty())
                .isPresent();
        if (lacking
                && api.find(ResourceCatalog.NAMESPACES, "", namespace)
                        .filter(found -> !Metadata.deleting(found))
                        .isPresent()) {
            bootstrap.fill(api, namespace);
        }
    }
}
