package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.List;

/** Persistent volumes. */
final class VolumeRules implements KindRules {

    private static final List<String> NO_SOURCES = List.of(
            "accessModes",
            "capacity",
            "claimRef",
            "mountOptions",
            "nodeAffinity",
            "persistentVolumeReclaimPolicy",
            "storageClassName",
            "volumeAttributesClassName",
            "volumeMode");

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

    @Override
    public void validate(ObjectNode volume, Violations violations) {
        JsonNode spec = volume.path("spec");
        violations.addIf(spec.path("accessModes").isEmpty(), Violation.required("spec.accessModes", ""));
        for (JsonNode mode : spec.path("accessModes")) {
            violations.addIf(
                    !ClaimRules.ACCESS_MODES.contains(mode.asText()),
                    Violation.unsupported("spec.accessModes", mode.asText(), ClaimRules.ACCESS_MODES));
        }
        violations.addIf(spec.path("capacity").isEmpty(), Violation.required("spec.capacity", ""));
        Check.oneOf(spec, "persistentVolumeReclaimPolicy", "spec", List.of("Delete", "Recycle", "Retain"), violations);
        List<String> sources = sources(spec);
        violations.addIf(sources.isEmpty(), Violation.required("spec", "must specify a volume type"));
        for (String source : sources.stream().skip(1).toList()) {
            violations.add(Violation.forbidden("spec." + source, "may not specify more than 1 volume type"));
        }
        violations.addIf(
                spec.has("local") && !spec.has("nodeAffinity"),
                Violation.required("spec.nodeAffinity", "Local volume requires node affinity"));
    }

    private static List<String> sources(JsonNode spec) {
        List<String> sources = new ArrayList<>();
        spec.fieldNames().forEachRemaining(sources::add);
        sources.removeAll(NO_SOURCES);
        return sources;
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        ObjectNode before = Json.object();
        sources(old.path("spec"))
                .forEach(source -> before.set(source, old.path("spec").path(source)));
        ObjectNode after = Json.object();
        sources(next.path("spec"))
                .forEach(source -> after.set(source, next.path("spec").path(source)));
        violations.addIf(
                !Json.same(before, after),
                Violation.forbidden(
                        "spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation"));
        Check.immutable(
                Json.at(old, "spec", "volumeMode"), Json.at(next, "spec", "volumeMode"), "volumeMode", violations);
    }
}
