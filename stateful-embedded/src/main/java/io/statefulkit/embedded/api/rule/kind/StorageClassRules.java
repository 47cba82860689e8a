package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Locale;

/** Storage classes. */
final class StorageClassRules implements KindRules {

    @Override
    public void defaults(ObjectNode storageClass) {
        Defaults.text(storageClass, "reclaimPolicy", "Delete");
        Defaults.text(storageClass, "volumeBindingMode", "Immediate");
    }

    @Override
    public void validate(ObjectNode storageClass, Violations violations) {
        String provisioner = Json.text(storageClass, "provisioner");
        if (provisioner.isEmpty()) {
            violations.add(Violation.required("provisioner", provisioner));
        } else {
            Check.text(
                    NameRules.qualifiedName(provisioner.toLowerCase(Locale.ROOT)),
                    "provisioner",
                    provisioner,
                    violations);
        }
        oneOf(storageClass, "reclaimPolicy", List.of("Delete", "Retain"), violations);
        oneOf(storageClass, "volumeBindingMode", List.of("Immediate", "WaitForFirstConsumer"), violations);
    }

    private static void oneOf(ObjectNode object, String field, List<String> values, Violations violations) {
        String value = Json.text(object, field);
        violations.addIf(!values.contains(value), Violation.unsupported(field, value, values));
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        for (String field : List.of("parameters", "provisioner", "reclaimPolicy")) {
            violations.addIf(
                    !Json.same(old.path(field), next.path(field)),
                    Violation.forbidden(field, "updates to " + field + " are forbidden."));
        }
        Check.immutable(old.path("volumeBindingMode"), next.path("volumeBindingMode"), "volumeBindingMode", violations);
    }
}
