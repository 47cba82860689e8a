package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;

/** Replica sets. */
final class ReplicaSetRules implements KindRules {

    @Override
    public void defaults(ObjectNode set) {
        ObjectNode spec = Json.child(set, "spec");
        PodSpecDefaults.ofTemplate(spec);
        Defaults.number(spec, "replicas", 1);
    }

    @Override
    public void prepareCreate(ObjectNode set) {
        set.putObject("status").put("replicas", 0);
    }
}
