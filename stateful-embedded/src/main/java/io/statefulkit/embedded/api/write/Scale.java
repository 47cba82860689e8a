package io.statefulkit.embedded.api.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.select.LabelSelector;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.json.Json;

/** The {@code Scale} view of stateful sets, deployments and replica sets. */
final class Scale {

    private Scale() {}

    static ObjectNode of(ObjectNode object) {
        ObjectNode scale = Json.object();
        scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
            Metadata.copyOrRemove(object.path("metadata"), metadata, field);
        }
        ObjectNode spec = scale.putObject("spec");
        int replicas = Json.at(object, "spec", "replicas").asInt();
        if (replicas != 0) {
            spec.put("replicas", replicas);
        }
        ObjectNode status = scale.putObject("status");
        status.put("replicas", Json.at(object, "status", "replicas").asInt());
        String selector = LabelSelector.of(Json.at(object, "spec", "selector")).toString();
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return scale;
    }
}
