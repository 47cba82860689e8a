package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What makes the volumes of a pod valid. */
final class PodVolumeRules {

    /** What a source must name, by source. */
    private static final Map<String, String> NAMES = Map.of(
            "secret", "secretName", "configMap", "name", "persistentVolumeClaim", "claimName", "hostPath", "path");

    private static final List<String> HOST_PATH_TYPES = List.of(
            "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");

    private static final int MAX_MODE = 0x1ff;

    private PodVolumeRules() {}

    /** Returns the names of the volumes. */
    static Set<String> validate(JsonNode volumes, String path, Violations violations) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < volumes.size(); i++) {
            JsonNode volume = volumes.path(i);
            String at = path + "[" + i + "]";
            String name = Json.text(volume, "name");
            if (name.isEmpty()) {
                violations.add(Violation.required(at + ".name", ""));
            } else {
                Check.text(NameRules.label(name), at + ".name", name, violations);
                violations.addIf(!names.add(name), Violation.duplicate(at + ".name", volume.path("name")));
            }
            source(volume, at, violations);
        }
        return names;
    }

    private static void source(JsonNode volume, String path, Violations violations) {
        List<String> sources = new ArrayList<>();
        volume.fieldNames().forEachRemaining(sources::add);
        sources.remove("name");
        violations.addIf(sources.isEmpty(), Violation.required(path, "must specify a volume type"));
        for (int i = 0; i < sources.size(); i++) {
            String source = sources.get(i);
            if (i > 0) {
                violations.add(Violation.forbidden(path + "." + source, "may not specify more than 1 volume type"));
                continue;
            }
            String name = NAMES.get(source);
            violations.addIf(
                    name != null && Json.text(volume, source, name).isEmpty(),
                    Violation.required(path + "." + source + "." + name, ""));
        }
        for (String source : List.of("secret", "configMap", "downwardAPI", "projected")) {
            JsonNode mode = volume.path(source).path("defaultMode");
            violations.addIf(
                    mode.isNumber() && (mode.asInt() < 0 || mode.asInt() > MAX_MODE),
                    Violation.invalid(
                            path + "." + source + ".defaultMode",
                            mode,
                            "must be a number between 0 and 0777 (octal), both inclusive"));
        }
        String directory = Json.text(volume, "hostPath", "path");
        violations.addIf(
                List.of(directory.split("/", -1)).contains(".."),
                Violation.invalid(path + ".hostPath.path", directory, "must not contain '..'"));
        String type = Json.text(volume, "hostPath", "type");
        violations.addIf(
                !HOST_PATH_TYPES.contains(type), Violation.unsupported(path + ".hostPath.type", type, HOST_PATH_TYPES));
    }
}
