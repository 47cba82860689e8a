package io.statefulkit.embedded.api.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.json.Json;
import java.math.BigDecimal;
import java.util.List;

/** What a claim asks for, by itself or in a pod that has it made. */
public final class ClaimSpecRules {

    private static final List<String> ACCESS_MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");

    private ClaimSpecRules() {}

    public static void validate(JsonNode spec, String path, Violations violations) {
        JsonNode modes = spec.path("accessModes");
        violations.addIf(
                modes.isEmpty(), Violation.required(path + ".accessModes", "at least 1 access mode is required"));
        SelectorRules.selector(spec.path("selector"), path + ".selector", violations);
        accessModes(modes, path, violations);
        JsonNode storage = Json.at(spec, "resources", "requests", "storage");
        if (storage.isMissingNode()) {
            violations.add(Violation.required(path + ".resources[storage]", ""));
        } else {
            violations.addIf(
                    Quantity.parse(storage).orElse(BigDecimal.ZERO).signum() <= 0,
                    Violation.invalid(path + ".resources[storage]", storage, "must be greater than zero"));
        }
        String storageClass = Json.text(spec, "storageClassName");
        if (!storageClass.isEmpty()) {
            Check.text(NameRules.subdomain(storageClass), path + ".storageClassName", storageClass, violations);
        }
        Check.oneOf(spec, "volumeMode", path, List.of("Block", "Filesystem"), violations);
        dataSource(spec, path, violations);
    }

    private static void dataSource(JsonNode spec, String parent, Violations violations) {
        for (String field : List.of("dataSource", "dataSourceRef")) {
            JsonNode source = spec.path(field);
            if (!source.isObject()) {
                continue;
            }
            String path = parent + "." + field;
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
    public static void accessModes(JsonNode modes, String parent, Violations violations) {
        String path = parent + ".accessModes";
        boolean alone = false;
        boolean shared = false;
        for (JsonNode mode : modes) {
            violations.addIf(
                    !ACCESS_MODES.contains(mode.asText()), Violation.unsupported(path, mode.asText(), ACCESS_MODES));
            boolean one = mode.asText().equals("ReadWriteOncePod");
            alone |= one;
            shared |= !one && ACCESS_MODES.contains(mode.asText());
        }
        violations.addIf(
                alone && shared, Violation.forbidden(path, "may not use ReadWriteOncePod with other access modes"));
    }
}
