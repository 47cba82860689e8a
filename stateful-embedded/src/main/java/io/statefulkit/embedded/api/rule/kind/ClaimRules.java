package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.SelectorRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.json.Json;
import java.math.BigDecimal;
import java.util.List;

/** Persistent volume claims. */
final class ClaimRules implements KindRules {

    static final List<String> ACCESS_MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");

    static void claimDefaults(ObjectNode claim) {
        ObjectNode spec = Json.child(claim, "spec");
        Json.child(spec, "resources");
        Defaults.text(spec, "volumeMode", "Filesystem");
    }

    @Override
    public void defaults(ObjectNode claim) {
        claimDefaults(claim);
    }

    @Override
    public void prepareCreate(ObjectNode claim) {
        claim.putObject("status").put("phase", "Pending");
    }

    @Override
    public void validate(ObjectNode claim, Violations violations) {
        JsonNode spec = claim.path("spec");
        JsonNode modes = spec.path("accessModes");
        violations.addIf(modes.isEmpty(), Violation.required("spec.accessModes", "at least 1 access mode is required"));
        SelectorRules.selector(spec.path("selector"), "spec.selector", violations);
        accessModes(modes, violations);
        JsonNode storage = Json.at(spec, "resources", "requests", "storage");
        if (storage.isMissingNode()) {
            violations.add(Violation.required("spec.resources[storage]", ""));
        } else {
            violations.addIf(
                    Quantity.parse(storage).orElse(BigDecimal.ZERO).signum() <= 0,
                    Violation.invalid("spec.resources[storage]", storage, "must be greater than zero"));
        }
        String storageClass = Json.text(spec, "storageClassName");
        if (!storageClass.isEmpty()) {
            Check.text(NameRules.subdomain(storageClass), "spec.storageClassName", storageClass, violations);
        }
        Check.oneOf(spec, "volumeMode", "spec", List.of("Block", "Filesystem"), violations);
        dataSource(spec, violations);
    }

    private static void dataSource(JsonNode spec, Violations violations) {
        for (String field : List.of("dataSource", "dataSourceRef")) {
            JsonNode source = spec.path(field);
            if (!source.isObject()) {
                continue;
            }
            String path = "spec." + field;
            String kind = Json.text(source, "kind");
            violations.addIf(Json.text(source, "name").isEmpty(), Violation.required(path + ".name", ""));
            violations.addIf(kind.isEmpty(), Violation.required(path + ".kind", ""));
            violations.addIf(
                    Json.text(source, "apiGroup").isEmpty() && !kind.equals("PersistentVolumeClaim"),
                    Violation.invalid(
                            path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
        }
    }

    /** Whoever has a volume for one pod alone cannot have it in another way as well. */
    static void accessModes(JsonNode modes, Violations violations) {
        boolean alone = false;
        boolean shared = false;
        for (JsonNode mode : modes) {
            violations.addIf(
                    !ACCESS_MODES.contains(mode.asText()),
                    Violation.unsupported("spec.accessModes", mode.asText(), ACCESS_MODES));
            boolean one = mode.asText().equals("ReadWriteOncePod");
            alone |= one;
            shared |= !one && ACCESS_MODES.contains(mode.asText());
        }
        violations.addIf(
                alone && shared,
                Violation.forbidden("spec.accessModes", "may not use ReadWriteOncePod with other access modes"));
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        ObjectNode before = old.path("spec").deepCopy();
        ObjectNode after = next.path("spec").deepCopy();
        mayChange(old, before, after);
        if (!Json.same(before, after)) {
            violations.add(Violation.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for"
                            + " bound claims\n" + ClaimDiff.of(before, after)));
        }
        JsonNode wanted = Json.at(next, "spec", "resources", "requests", "storage");
        JsonNode had = Json.at(old, "spec", "resources", "requests", "storage");
        JsonNode capacity = Json.at(old, "status", "capacity", "storage");
        boolean smaller = Quantity.compare(wanted, had) < 0;
        violations.addIf(
                smaller && Quantity.compare(wanted, capacity) <= 0,
                Violation.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity"));
        Check.immutable(
                Json.at(old, "spec", "volumeMode"), Json.at(next, "spec", "volumeMode"), "volumeMode", violations);
    }

    /** Makes the same what may change: the volume and the class once, the size when the claim is bound. */
    private static void mayChange(ObjectNode old, ObjectNode before, ObjectNode after) {
        if (Json.text(before, "volumeName").isEmpty()) {
            Metadata.copyOrRemove(after, before, "volumeName");
        }
        if (!before.hasNonNull("storageClassName") && after.hasNonNull("storageClassName")) {
            after.remove("storageClassName");
        }
        if (!Json.text(old, "status", "phase").equals("Bound")) {
            return;
        }
        if (Json.at(after, "resources", "requests") instanceof ObjectNode requests) {
            Metadata.copyOrRemove(Json.at(before, "resources", "requests"), requests, "storage");
        }
        if (after.hasNonNull("volumeAttributesClassName")) {
            Metadata.copyOrRemove(before, after, "volumeAttributesClassName");
        }
    }
}
