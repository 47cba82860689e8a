package io.statefulkit.embedded.http.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** How claims, volumes and storage classes look in tables. */
final class VolumeCells {

    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

    private VolumeCells() {}

    static String status(Cells volume) {
        return volume.at("metadata").has("deletionTimestamp")
                ? "Terminating"
                : volume.textOr("Pending", "status", "phase");
    }

    // A claim shows what it got, and nothing before it is bound.
    static String claimCapacity(Cells claim) {
        return isBound(claim) ? claim.textOr("", "status", "capacity", "storage") : "";
    }

    static String claimModes(Cells claim) {
        return isBound(claim) ? modes(claim.at("status", "accessModes")) : "";
    }

    static String claim(Cells volume) {
        JsonNode claim = volume.at("spec", "claimRef");
        return claim.isObject()
                ? claim.path("namespace").asText() + "/" + claim.path("name").asText()
                : "";
    }

    static String attributesClass(Cells volume) {
        return volume.textOr("<unset>", "spec", "volumeAttributesClassName");
    }

    static String mode(Cells volume) {
        return volume.textOr("<unset>", "spec", "volumeMode");
    }

    static String className(Cells storageClass) {
        boolean isDefault = storageClass
                .at("metadata", "annotations")
                .path(DEFAULT_CLASS)
                .asText()
                .equals("true");
        return storageClass.name() + (isDefault ? " (default)" : "");
    }

    static String modes(JsonNode modes) {
        List<String> all = new ArrayList<>();
        for (JsonNode mode : modes) {
            all.add(
                    switch (mode.asText()) {
                        case "ReadWriteOnce" -> "RWO";
                        case "ReadOnlyMany" -> "ROX";
                        case "ReadWriteMany" -> "RWX";
                        case "ReadWriteOncePod" -> "RWOP";
                        default -> mode.asText();
                    });
        }
        return String.join(",", all);
    }

    private static boolean isBound(Cells claim) {
        return !claim.textOr("", "spec", "volumeName").isEmpty();
    }
}
