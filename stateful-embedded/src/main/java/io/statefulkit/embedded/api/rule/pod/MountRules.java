package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What makes the mounts of a container valid. */
final class MountRules {

    private static final List<String> PROPAGATIONS = List.of("Bidirectional", "HostToContainer", "None");

    private MountRules() {}

    /** Checks mounts; what is wrong with a path inside a volume is said of the list, without the place in it. */
    static void validate(JsonNode container, Set<String> volumes, String path, Violations violations) {
        JsonNode mounts = container.path("volumeMounts");
        Set<String> places = new HashSet<>();
        for (int i = 0; i < mounts.size(); i++) {
            JsonNode mount = mounts.path(i);
            String at = path + "[" + i + "]";
            String name = Json.text(mount, "name");
            violations.addIf(name.isEmpty(), Violation.required(at + ".name", ""));
            violations.addIf(!volumes.contains(name), Violation.notFound(at + ".name", name));
            String place = Json.text(mount, "mountPath");
            violations.addIf(place.isEmpty(), Violation.required(at + ".mountPath", ""));
            violations.addIf(!places.add(place), Violation.invalid(at + ".mountPath", place, "must be unique"));
            Paths.descending(Json.text(mount, "subPath"), path + ".subPath", violations);
            String expression = Json.text(mount, "subPathExpr");
            violations.addIf(
                    !Json.text(mount, "subPath").isEmpty() && !expression.isEmpty(),
                    Violation.invalid(
                            at + ".subPathExpr", expression, "subPathExpr and subPath are mutually exclusive"));
            Paths.descending(expression, path + ".subPathExpr", violations);
            propagation(mount, container, path + ".mountPropagation", violations);
        }
    }

    private static void propagation(JsonNode mount, JsonNode container, String path, Violations violations) {
        if (!mount.has("mountPropagation")) {
            return;
        }
        String mode = Json.text(mount, "mountPropagation");
        violations.addIf(!PROPAGATIONS.contains(mode), Violation.unsupported(path, mode, PROPAGATIONS));
        boolean privileged = Json.at(container, "securityContext", "privileged").asBoolean();
        violations.addIf(
                mode.equals("Bidirectional") && !privileged,
                Violation.forbidden(
                        path, "Bidirectional mount propagation is available only to privileged containers"));
    }
}
