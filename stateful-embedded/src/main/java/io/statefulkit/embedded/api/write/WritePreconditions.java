package io.statefulkit.embedded.api.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.value.Target;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Set;

/** What a change has to agree with: the name it was sent to, and what its sender has seen. */
final class WritePreconditions {

    /** What cannot be overwritten by who does not say which revision it has seen. */
    private static final Set<ResourceType> NEVER_BLINDLY =
            Set.of(ResourceCatalog.POD_DISRUPTION_BUDGETS, ResourceCatalog.LEASES);

    private WritePreconditions() {}

    /** Refuses what is sent to another object than it says, or was made from another state than that of now. */
    static void check(Target target, ObjectNode old, ObjectNode next) {
        target.checkNamed(next);
        checkReplicas(target, next);
        checkSeen(target, old, next);
        if (NEVER_BLINDLY.contains(target.type())) {
            requireRevision(target, next);
        }
    }

    private static void checkReplicas(Target target, ObjectNode next) {
        JsonNode replicas = Json.at(next, "spec", "replicas");
        if (target.subresource().equals("scale") && replicas.asInt() < 0) {
            throw Failures.invalid(
                    "autoscaling",
                    "Scale",
                    target.name(),
                    List.of(Violation.invalid("spec.replicas", replicas, "must be greater than or equal to 0")));
        }
    }

    private static void checkSeen(Target target, ObjectNode old, ObjectNode next) {
        String uid = Json.text(next, "metadata", "uid");
        String oldUid = Json.text(old, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(oldUid)) {
            throw Failures.conflict(
                    target.type(),
                    target.name(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + oldUid);
        }
        String revision = Json.text(next, "metadata", "resourceVersion");
        boolean named = !revision.isEmpty() && !revision.equals("0");
        if (named && !revision.equals(Json.text(old, "metadata", "resourceVersion"))) {
            throw Failures.conflict(target.type(), target.name());
        }
    }

    private static void requireRevision(Target target, ObjectNode next) {
        if (Json.text(next, "metadata", "resourceVersion").isEmpty()) {
            Violation missing = new Violation(
                    "FieldValueInvalid",
                    "metadata.resourceVersion",
                    "Invalid value: 0x0: must be specified for an update");
            throw Failures.invalid(target.type(), target.name(), List.of(missing));
        }
    }
}
