package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What makes the files of a volume that are made of objects valid. */
final class FileRules {

    private static final int MAX_MODE = 0x1ff;
    private static final long SHORTEST_TOKEN = 600;
    private static final long LONGEST_TOKEN = 1L << 32;

    private FileRules() {}

    static void mode(JsonNode source, String field, String path, Violations violations) {
        JsonNode mode = source.path(field);
        violations.addIf(
                mode.isNumber() && (mode.asInt() < 0 || mode.asInt() > MAX_MODE),
                Violation.invalid(
                        path + "." + field, mode, "must be a number between 0 and 0777 (octal), both inclusive"));
    }

    /** Checks which keys become which files. */
    static void keys(JsonNode items, String path, Violations violations) {
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.path(i);
            String at = path + "[" + i + "]";
            violations.addIf(Json.text(item, "key").isEmpty(), Violation.required(at + ".key", ""));
            violations.addIf(Json.text(item, "path").isEmpty(), Violation.required(at + ".path", ""));
            Paths.file(Json.text(item, "path"), at + ".path", violations);
            mode(item, "mode", at, violations);
        }
    }

    /** Checks a file with something of the pod itself; which one it is, is not said. */
    static void downward(JsonNode file, String path, Violations violations) {
        violations.addIf(Json.text(file, "path").isEmpty(), Violation.required(path + ".path", ""));
        Paths.file(Json.text(file, "path"), path + ".path", violations);
        if (file.has("fieldRef")) {
            FieldReferences.ofFile(file.path("fieldRef"), path + ".fieldRef", violations);
            violations.addIf(
                    file.has("resourceFieldRef"),
                    Violation.invalid(
                            path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously"));
        } else if (file.has("resourceFieldRef")) {
            FieldReferences.ofResource(file.path("resourceFieldRef"), true, path + ".resourceFieldRef", violations);
        } else {
            violations.add(Violation.required(path, "one of fieldRef and resourceFieldRef is required"));
        }
        mode(file, "mode", path, violations);
    }

    /** Checks sources that become one volume. */
    static void projected(JsonNode sources, String path, Violations violations) {
        Set<String> files = new HashSet<>();
        for (int i = 0; i < sources.size(); i++) {
            JsonNode source = sources.path(i);
            String at = path + ".sources[" + i + "]";
            for (String kind : List.of("secret", "configMap")) {
                if (source.has(kind)) {
                    object(source.path(kind), files, path, at + "." + kind, violations);
                }
            }
            for (JsonNode file : source.path("downwardAPI").path("items")) {
                downward(file, at + ".downwardAPI", violations);
                String name = Json.text(file, "path");
                twice(name, name, files, path, violations);
            }
            if (source.has("serviceAccountToken")) {
                token(source.path("serviceAccountToken"), path, at + ".serviceAccountToken", violations);
            }
            violations.addIf(
                    source.size() > 1, Violation.forbidden(at, "may not specify more than 1 volume type per source"));
        }
    }

    private static void object(JsonNode object, Set<String> files, String path, String at, Violations violations) {
        violations.addIf(Json.text(object, "name").isEmpty(), Violation.required(at + ".name", ""));
        JsonNode items = object.path("items");
        keys(items, at + ".items", violations);
        items.forEach(item -> twice(Json.text(item, "path"), Json.text(object, "name"), files, path, violations));
    }

    private static void twice(String file, String shown, Set<String> files, String path, Violations violations) {
        violations.addIf(
                !file.isEmpty() && !files.add(file), Violation.invalid(path, shown, "conflicting duplicate paths"));
    }

    private static void token(JsonNode token, String path, String at, Violations violations) {
        JsonNode seconds = token.path("expirationSeconds");
        violations.addIf(
                seconds.isNumber() && seconds.asLong() < SHORTEST_TOKEN,
                Violation.invalid(
                        at + ".expirationSeconds", seconds, "may not specify a duration less than 10 minutes"));
        violations.addIf(
                seconds.asLong() > LONGEST_TOKEN,
                Violation.invalid(
                        at + ".expirationSeconds", seconds, "may not specify a duration larger than 2^32 seconds"));
        String file = Json.text(token, "path");
        violations.addIf(file.isEmpty(), Violation.required(path + ".path", ""));
        Paths.file(file, path + ".path", violations);
    }
}
