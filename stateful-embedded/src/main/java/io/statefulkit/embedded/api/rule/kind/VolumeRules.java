package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.ClaimSpecRules;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.rule.pod.NodeSelectorRules;
import io.statefulkit.embedded.api.rule.pod.PodVolumeRules;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
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
        ClaimSpecRules.accessModes(spec.path("accessModes"), "spec", violations);
        capacity(spec.path("capacity"), violations);
        Check.oneOf(spec, "persistentVolumeReclaimPolicy", "spec", List.of("Delete", "Recycle", "Retain"), violations);
        boolean bound = spec.has("nodeAffinity");
        if (bound && !Json.at(spec, "nodeAffinity", "required").isObject()) {
            violations.add(Violation.required("spec.nodeAffinity.required", "must specify required node constraints"));
        } else if (bound) {
            NodeSelectorRules.selector(
                    Json.at(spec, "nodeAffinity", "required"), "spec.nodeAffinity.required", violations);
        }
        List<String> sources = sources(spec);
        source(spec, sources, violations);
        violations.addIf(sources.isEmpty(), Violation.required("spec", "must specify a volume type"));
        violations.addIf(
                Json.text(spec, "hostPath", "path").matches("/+")
                        && Json.text(spec, "persistentVolumeReclaimPolicy").equals("Recycle"),
                Violation.forbidden(
                        "spec.persistentVolumeReclaimPolicy", "may not be 'recycle' for a hostPath mount of '/'"));
        String storageClass = Json.text(spec, "storageClassName");
        if (!storageClass.isEmpty()) {
            Check.text(NameRules.subdomain(storageClass), "spec.storageClassName", storageClass, violations);
        }
        Check.oneOf(spec, "volumeMode", "spec", List.of("Block", "Filesystem"), violations);
    }

    private static void source(JsonNode spec, List<String> sources, Violations violations) {
        for (int i = 0; i < sources.size(); i++) {
            String source = sources.get(i);
            String path = "spec." + source;
            if (i > 0) {
                violations.add(Violation.forbidden(path, "may not specify more than 1 volume type"));
                continue;
            }
            switch (source) {
                case "hostPath" -> PodVolumeRules.hostPath(spec.path(source), path, violations);
                case "nfs" -> PodVolumeRules.nfs(spec.path(source), path, violations);
                case "local" -> local(spec, violations);
                default -> {
                    // Sources that are never mounted here are taken as they are.
                }
            }
        }
    }

    private static void local(JsonNode spec, Violations violations) {
        String path = Json.text(spec, "local", "path");
        if (path.isEmpty()) {
            violations.add(Violation.required("spec.local.path", ""));
        } else {
            violations.addIf(
                    List.of(path.split("/", -1)).contains(".."),
                    Violation.invalid("spec.local.path", path, "must not contain '..'"));
        }
        violations.addIf(
                !spec.has("nodeAffinity"),
                Violation.required("spec.nodeAffinity", "Local volume requires node affinity"));
    }

    private static void capacity(JsonNode capacity, Violations violations) {
        violations.addIf(capacity.isEmpty(), Violation.required("spec.capacity", ""));
        violations.addIf(
                !capacity.has("storage") || capacity.size() > 1,
                Violation.unsupported(
                        "spec.capacity",
                        capacity.isMissingNode() ? Json.object().nullNode() : capacity,
                        List.of("storage")));
        capacity.properties()
                .forEach(each -> violations.addIf(
                        Quantity.parse(each.getValue()).orElse(BigDecimal.ZERO).signum() <= 0,
                        Violation.invalid(
                                "spec.capacity[" + each.getKey() + "]", each.getValue(), "must be greater than zero")));
    }

    private static List<String> sources(JsonNode spec) {
        List<String> sources = new ArrayList<>();
        spec.fieldNames().forEachRemaining(sources::add);
        sources.removeAll(NO_SOURCES);
        sources.sort(Comparator.comparingInt(VolumeSources.ORDER::indexOf));
        return sources;
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        List<String> before = VolumeSources.lines(old.path("spec"));
        List<String> after = VolumeSources.lines(next.path("spec"));
        violations.addIf(
                !before.equals(after),
                Violation.forbidden(
                        "spec.persistentvolumesource",
                        "spec.persistentvolumesource is immutable after creation\n" + UnifiedDiff.of(before, after)));
        Check.immutable(
                Json.at(old, "spec", "volumeMode"), Json.at(next, "spec", "volumeMode"), "volumeMode", violations);
        JsonNode affinity = Json.at(next, "spec", "nodeAffinity");
        violations.addIf(
                old.path("spec").has("nodeAffinity") && !Json.same(Json.at(old, "spec", "nodeAffinity"), affinity),
                Violation.invalid(
                        "nodeAffinity", affinity, "field is immutable, except for updating from beta label to GA"));
    }
}
