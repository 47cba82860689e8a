package io.statefulkit.embedded.api.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import java.util.Optional;

/** Refuses to let claims grow whose storage cannot. */
final class ClaimResize {

    private ClaimResize() {}

    static void check(ObjectStore store, ObjectNode old, ObjectNode next) {
        boolean larger = Quantity.compare(
                        Json.at(next, "spec", "resources", "requests", "storage"),
                        Json.at(old, "spec", "resources", "requests", "storage"))
                > 0;
        if (!larger) {
            return;
        }
        String name = Json.text(next, "metadata", "name");
        if (!Json.text(old, "status", "phase").equals("Bound")) {
            throw Failures.forbidden(
                    ResourceCatalog.PERSISTENT_VOLUME_CLAIMS,
                    name,
                    "Only bound persistent volume claims can be expanded");
        }
        Optional<ObjectNode> storageClass =
                store.get(Target.key(ResourceCatalog.STORAGE_CLASSES, "", Json.text(old, "spec", "storageClassName")));
        if (!storageClass
                .map(found -> found.path("allowVolumeExpansion").asBoolean())
                .orElse(false)) {
            throw Failures.forbidden(
                    ResourceCatalog.PERSISTENT_VOLUME_CLAIMS,
                    name,
                    "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must"
                            + " support resize");
        }
    }
}
