package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What makes taints, and what tolerates them, valid. */
public final class TolerationRules {

    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    private TolerationRules() {}

    public static void tolerations(JsonNode tolerations, String path, Violations violations) {
        for (int i = 0; i < tolerations.size(); i++) {
            toleration(tolerations.path(i), path + "[" + i + "]", violations);
        }
    }

    private static void toleration(JsonNode toleration, String path, Violations violations) {
        String key = Json.text(toleration, "key");
        String operator = Json.text(toleration, "operator");
        String effect = Json.text(toleration, "effect");
        if (!key.isEmpty()) {
            Check.text(NameRules.qualifiedName(key), path + ".key", key, violations);
        }
        violations.addIf(
                key.isEmpty() && !operator.equals("Exists"),
                Violation.invalid(
                        path + ".operator",
                        operator,
                        "operator must be Exists when `key` is empty, which means \"match all values and all keys\""));
        violations.addIf(
                toleration.hasNonNull("tolerationSeconds") && !effect.equals("NoExecute"),
                Violation.invalid(
                        path + ".effect", effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
        value(operator, Json.text(toleration, "value"), path + ".operator", violations);
        violations.addIf(
                !effect.isEmpty() && !EFFECTS.contains(effect),
                Violation.unsupported(path + ".effect", effect, EFFECTS));
    }

    private static void value(String operator, String value, String path, Violations violations) {
        switch (operator) {
            case "", "Equal" -> {
                List<String> problems = NameRules.labelValue(value);
                violations.addIf(!problems.isEmpty(), Violation.invalid(path, value, String.join(";", problems)));
            }
            case "Exists" ->
                violations.addIf(
                        !value.isEmpty(),
                        Violation.invalid(path, value, "value must be empty when `operator` is 'Exists'"));
            default -> violations.add(Violation.unsupported(path, operator, List.of("Equal", "Exists")));
        }
    }

    /** Checks the taints of a node. */
    public static void taints(JsonNode taints, String path, Violations violations) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < taints.size(); i++) {
            JsonNode taint = taints.path(i);
            String at = path + "[" + i + "]";
            String key = Json.text(taint, "key");
            Check.text(NameRules.qualifiedName(key), at + ".key", key, violations);
            List<String> problems = NameRules.labelValue(Json.text(taint, "value"));
            violations.addIf(
                    !problems.isEmpty(),
                    Violation.invalid(at + ".value", Json.text(taint, "value"), String.join(";", problems)));
            String effect = Json.text(taint, "effect");
            if (effect.isEmpty()) {
                violations.add(Violation.required(at + ".effect", ""));
            } else {
                violations.addIf(!EFFECTS.contains(effect), Violation.unsupported(at + ".effect", effect, EFFECTS));
            }
            if (!seen.add(effect + "/" + key)) {
                violations.add(twice(taint, at));
            }
        }
    }

    private static Violation twice(JsonNode taint, String path) {
        JsonNode shown = Json.object()
                .put("Key", Json.text(taint, "key"))
                .put("Value", Json.text(taint, "value"))
                .put("Effect", Json.text(taint, "effect"))
                .putNull("TimeAdded");
        Violation duplicate = Violation.duplicate(path, shown);
        return new Violation(
                duplicate.reason(), path, duplicate.body() + ": taints must be unique by key and effect pair");
    }
}
