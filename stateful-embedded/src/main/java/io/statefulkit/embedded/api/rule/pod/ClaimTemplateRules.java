package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.ClaimSpecRules;
import io.statefulkit.embedded.api.rule.MetadataRules;
import io.statefulkit.embedded.api.rule.Violations;
import java.util.List;

/** What makes valid the claim that a pod has made for itself: it is named by its pod. */
final class ClaimTemplateRules {

    /** In the order in which they are looked at, and named as the API server names them. */
    private static final List<String> NOT_TO_BE_SET = List.of(
            "name",
            "generateName",
            "namespace",
            "selfLink",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "ownerReferences",
            "finalizers",
            "managedFields");

    private ClaimTemplateRules() {}

    static void validate(JsonNode template, String path, Violations violations) {
        JsonNode metadata = template.path("metadata");
        String at = path + ".metadata";
        MetadataRules.annotations(at + ".annotations", metadata.path("annotations"), violations);
        MetadataRules.labels(at + ".labels", metadata.path("labels"), violations);
        for (String field : NOT_TO_BE_SET) {
            violations.addIf(
                    set(metadata.path(field)),
                    Violation.forbidden(at + "." + (field.equals("uid") ? "uID" : field), "cannot be set"));
        }
        ClaimSpecRules.validate(template.path("spec"), path + ".spec", violations);
    }

    private static boolean set(JsonNode value) {
        if (value.isNumber()) {
            return value.asLong() != 0;
        }
        return value.isTextual() ? !value.asText().isEmpty() : !value.isEmpty();
    }
}
