package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.ClaimSpecRules;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.json.Json;

/** Persistent volume claims. */
final class ClaimRules implements KindRules {

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
        ClaimSpecRules.validate(claim.path("spec"), "spec", violations);
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
