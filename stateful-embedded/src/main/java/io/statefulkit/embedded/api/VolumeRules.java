package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;

/** Persistent volumes. */
final class VolumeRules implements KindRules {

    @Override
    public void defaults(ObjectNode volume) {
        ObjectNode spec = Json.child(volume, "spec");
        Defaults.text(spec, "persistentVolumeReclaimPolicy", "Retain");
        Defaults.text(spec, "volumeMode", "Filesystem");
        if (spec.get("hostPath") instanceof ObjectNode path && !path.hasNonNull("type")) {
            path.put("type", "");
        }
    }

    @Override
    public void prepareCreate(ObjectNode volume) {
        volume.putObject("status").put("phase", "Pending");
    }
}
