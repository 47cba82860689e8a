package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;

/** What makes the variables of a container valid. */
final class EnvironmentRules {

    private EnvironmentRules() {}

    static void variables(JsonNode variables, String path, Violations violations) {
        for (int i = 0; i < variables.size(); i++) {
            JsonNode variable = variables.path(i);
            String at = path + "[" + i + "]";
            String name = Json.text(variable, "name");
            if (name.isEmpty()) {
                violations.add(Violation.required(at + ".name", ""));
            } else {
                Check.text(NameRules.variable(name), at + ".name", name, violations);
            }
            if (variable.has("valueFrom")) {
                valueFrom(variable, at + ".valueFrom", violations);
            }
        }
    }

    private static void valueFrom(JsonNode variable, String path, Violations violations) {
        JsonNode source = variable.path("valueFrom");
        if (source.has("fieldRef")) {
            FieldReferences.ofVariable(source.path("fieldRef"), path + ".fieldRef", violations);
        }
        if (source.has("resourceFieldRef")) {
            FieldReferences.ofResource(source.path("resourceFieldRef"), false, path + ".resourceFieldRef", violations);
        }
        for (String reference : new String[] {"configMapKeyRef", "secretKeyRef"}) {
            if (source.has(reference)) {
                key(source.path(reference), path + "." + reference, violations);
            }
        }
        if (source.isEmpty()) {
            violations.add(Violation.invalid(
                    path,
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or"
                            + " `fileKeyRef`"));
        } else if (!Json.text(variable, "value").isEmpty()) {
            violations.add(Violation.invalid(path, "", "may not be specified when `value` is not empty"));
        } else if (source.size() > 1) {
            violations.add(Violation.invalid(path, "", "may not have more than one field specified at a time"));
        }
    }

    private static void key(JsonNode reference, String path, Violations violations) {
        String name = Json.text(reference, "name");
        Check.text(NameRules.subdomain(name), path + ".name", name, violations);
        String key = Json.text(reference, "key");
        if (key.isEmpty()) {
            violations.add(Violation.required(path + ".key", ""));
        } else {
            Check.text(NameRules.configKey(key), path + ".key", key, violations);
        }
    }

    /** What is wrong with the number of sources is said of the list, without the place in it. */
    static void sources(JsonNode sources, String path, Violations violations) {
        for (int i = 0; i < sources.size(); i++) {
            JsonNode source = sources.path(i);
            String at = path + "[" + i + "]";
            String prefix = Json.text(source, "prefix");
            if (!prefix.isEmpty()) {
                Check.text(NameRules.variable(prefix), at + ".prefix", prefix, violations);
            }
            int given = 0;
            for (String reference : new String[] {"configMapRef", "secretRef"}) {
                if (source.has(reference)) {
                    given++;
                    named(source.path(reference), at + "." + reference + ".name", violations);
                }
            }
            if (given == 0) {
                violations.add(Violation.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`"));
            } else if (given > 1) {
                violations.add(Violation.invalid(path, "", "may not have more than one field specified at a time"));
            }
        }
    }

    private static void named(JsonNode reference, String path, Violations violations) {
        String name = Json.text(reference, "name");
        if (name.isEmpty()) {
            violations.add(Violation.required(path, ""));
        } else {
            Check.text(NameRules.subdomain(name), path, name, violations);
        }
    }
}
