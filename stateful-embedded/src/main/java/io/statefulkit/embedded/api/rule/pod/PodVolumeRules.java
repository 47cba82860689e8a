package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What makes the volumes of a pod valid. */
public final class PodVolumeRules {

    /** The sources in the order in which they are looked at; all others are looked at last. */
    private static final List<String> ORDER = List.of(
            "emptyDir",
            "hostPath",
            "secret",
            "nfs",
            "persistentVolumeClaim",
            "downwardAPI",
            "configMap",
            "projected",
            "csi",
            "ephemeral",
            "image");

    private static final List<String> HOST_PATH_TYPES = List.of(
            "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");

    private PodVolumeRules() {}

    /** Returns the names of the volumes that can be mounted: those with which nothing is wrong. */
    static Set<String> validate(JsonNode volumes, String path, Violations violations) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < volumes.size(); i++) {
            JsonNode volume = volumes.path(i);
            String at = path + "[" + i + "]";
            int before = violations.count();
            source(volume, at, violations);
            String name = Json.text(volume, "name");
            if (name.isEmpty()) {
                violations.add(Violation.required(at + ".name", ""));
            } else {
                Check.text(NameRules.label(name), at + ".name", name, violations);
            }
            violations.addIf(names.contains(name), Violation.duplicate(at + ".name", volume.path("name")));
            if (violations.count() == before) {
                names.add(name);
            }
        }
        return names;
    }

    private static void source(JsonNode volume, String path, Violations violations) {
        List<String> sources = new ArrayList<>();
        volume.fieldNames().forEachRemaining(sources::add);
        sources.remove("name");
        sources.sort(Comparator.comparingInt(source -> ORDER.contains(source) ? ORDER.indexOf(source) : ORDER.size()));
        violations.addIf(sources.isEmpty(), Violation.required(path, "must specify a volume type"));
        for (int i = 0; i < sources.size(); i++) {
            String source = sources.get(i);
            if (i == 0) {
                source(source, volume.path(source), path + "." + source, violations);
            } else {
                // The path is written so by the API server.
                String place = source.equals("downwardAPI") ? "downwarAPI" : source;
                violations.add(Violation.forbidden(path + "." + place, "may not specify more than 1 volume type"));
            }
        }
    }

    private static void source(String kind, JsonNode source, String path, Violations violations) {
        switch (kind) {
            case "emptyDir" ->
                violations.addIf(
                        Quantity.parse(source.path("sizeLimit"))
                                        .orElse(BigDecimal.ZERO)
                                        .signum()
                                < 0,
                        Violation.forbidden(path + ".sizeLimit", "SizeLimit field must be a valid resource quantity"));
            case "hostPath" -> hostPath(source, path, violations);
            case "secret", "configMap" -> {
                named(source, kind.equals("secret") ? "secretName" : "name", path, violations);
                FileRules.mode(source, "defaultMode", path, violations);
                FileRules.keys(source.path("items"), path + ".items", violations);
            }
            case "nfs" -> nfs(source, path, violations);
            case "persistentVolumeClaim" -> named(source, "claimName", path, violations);
            case "downwardAPI" -> {
                FileRules.mode(source, "defaultMode", path, violations);
                source.path("items").forEach(file -> FileRules.downward(file, path, violations));
            }
            case "projected" -> {
                FileRules.mode(source, "defaultMode", path, violations);
                FileRules.projected(source.path("sources"), path, violations);
            }
            case "ephemeral" -> {
                JsonNode template = source.path("volumeClaimTemplate");
                if (template.isObject()) {
                    ClaimTemplateRules.validate(template, path + ".volumeClaimTemplate", violations);
                } else {
                    violations.add(Violation.required(path + ".volumeClaimTemplate", ""));
                }
            }
            default -> {
                // Sources that are never mounted here are taken as they are.
            }
        }
    }

    private static void named(JsonNode source, String field, String path, Violations violations) {
        violations.addIf(Json.text(source, field).isEmpty(), Violation.required(path + "." + field, ""));
    }

    /** Checks a directory of the node, in pods and in volumes. */
    public static void hostPath(JsonNode source, String path, Violations violations) {
        String directory = Json.text(source, "path");
        if (directory.isEmpty()) {
            violations.add(Violation.required(path + ".path", ""));
            return;
        }
        Paths.noBacksteps(directory, path + ".path", violations);
        String type = Json.text(source, "type");
        violations.addIf(!HOST_PATH_TYPES.contains(type), Violation.unsupported(path + ".type", type, HOST_PATH_TYPES));
    }

    /** Checks a directory of a file server, in pods and in volumes. */
    public static void nfs(JsonNode source, String path, Violations violations) {
        named(source, "server", path, violations);
        named(source, "path", path, violations);
        String directory = Json.text(source, "path");
        violations.addIf(
                !directory.startsWith("/"), Violation.invalid(path + ".path", directory, "must be an absolute path"));
    }
}
