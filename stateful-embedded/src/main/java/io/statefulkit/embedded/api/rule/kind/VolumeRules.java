package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.json.Json;
import java.math.BigDecimal;
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
        ClaimRules.accessModes(spec.path("accessModes"), violations);
        capacity(spec.path("capacity"), violations);
        Check.oneOf(spec, "persistentVolumeReclaimPolicy", "spec", List.of("Delete", "Recycle", "Retain"), violations);
        List<String> sources = sources(spec);
        violations.addIf(sources.isEmpty(), Violation.required("spec", "must specify a volume type"));
        for (String source : sources.stream().skip(1).toList()) {
            violations.add(Violation.forbidden("spec." + source, "may not specify more than 1 volume type"));
        }
        hostPath(spec, violations);
        Check.oneOf(spec, "volumeMode", "spec", List.of("Block", "Filesystem"), violations);
        violations.addIf(
                spec.has("local") && !spec.has("nodeAffinity"),
                Violation.required("spec.nodeAffinity", "Local volume requires node affinity"));
    }

    private static void capacity(JsonNode capacity, Violations violations) {
        if (capacity.isEmpty()) {
            violations.add(Violation.required("spec.capacity", ""));
            return;
        }
        violations.addIf(
                !capacity.has("storage") || capacity.size() > 1,
                Violation.unsupported("spec.capacity", capacity, List.of("storage")));
        capacity.properties()
                .forEach(each -> violations.addIf(
                        Quantity.parse(each.getValue()).orElse(BigDecimal.ZERO).signum() <= 0,
                        Violation.invalid(
                                "spec.capacity[" + each.getKey() + "]", each.getValue(), "must be greater than zero")));
    }

    private static void hostPath(JsonNode spec, Violations violations) {
        String path = Json.text(spec, "hostPath", "path");
        violations.addIf(
                spec.path("hostPath").isObject() && path.isEmpty(), Violation.required("spec.hostPath.path", ""));
        violations.addIf(
                List.of(path.split("/", -1)).contains(".."),
                Violation.invalid("spec.hostPath.path", path, "must not contain '..'"));
        violations.addIf(
                path.equals("/")
                        && Json.text(spec, "persistentVolumeReclaimPolicy").equals("Recycle"),
                Violation.forbidden(
                        "spec.persistentVolumeReclaimPolicy", "may not be 'recycle' for a hostPath mount of '/'"));
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
