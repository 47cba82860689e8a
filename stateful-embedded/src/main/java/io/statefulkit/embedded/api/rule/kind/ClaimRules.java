package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
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
    }

    /** Whoever has a volume for one pod alone cannot have it in another way as well. */
    static void accessModes(JsonNode modes, Violations violations) {
        boolean alone = false;
        for (JsonNode mode : modes) {
            violations.addIf(
                    !ACCESS_MODES.contains(mode.asText()),
                    Violation.unsupported("spec.accessModes", mode.asText(), ACCESS_MODES));
            alone |= mode.asText().equals("ReadWriteOncePod");
        }
        violations.addIf(
                alone && modes.size() > 1,
                Violation.forbidden("spec.accessModes", "may not use ReadWriteOncePod with other access modes"));
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        JsonNode before = comparable(old.path("spec"), old.path("spec"));
        JsonNode after = comparable(next.path("spec"), old.path("spec"));
        if (!Json.same(before, after)) {
            violations.add(Violation.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for"
                            + " bound claims\n" + ClaimDiff.of(old.path("spec"), next.path("spec"))));
        }
        JsonNode wanted = Json.at(next, "spec", "resources", "requests", "storage");
        JsonNode had = Json.at(old, "spec", "resources", "requests", "storage");
        JsonNode capacity = Json.at(old, "status", "capacity", "storage");
        boolean smaller = Quantity.compare(wanted, had) < 0;
        violations.addIf(
                smaller && Quantity.compare(wanted, capacity) <= 0,
                Violation.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity"));
    }

    /** Returns a spec without what may change. */
    private static JsonNode comparable(JsonNode spec, JsonNode old) {
        ObjectNode copy = spec.deepCopy();
        if (Json.at(copy, "resources", "requests") instanceof ObjectNode requests) {
            requests.remove("storage");
        }
        copy.remove("volumeAttributesClassName");
        if (Json.text(old, "volumeName").isEmpty()) {
            copy.remove("volumeName");
        }
        if (!old.hasNonNull("storageClassName")) {
            copy.remove("storageClassName");
        }
        return copy;
    }
}
