package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** What makes security contexts valid. */
final class SecurityRules {

    private static final long MAX_NUMBER = Integer.MAX_VALUE;
    private static final List<String> PROFILES = List.of("Localhost", "RuntimeDefault", "Unconfined");

    private SecurityRules() {}

    static void pod(JsonNode context, String path, Violations violations) {
        for (String field : List.of("fsGroup", "runAsUser", "runAsGroup")) {
            number(context.path(field), path + "." + field, violations);
        }
        JsonNode groups = context.path("supplementalGroups");
        for (int i = 0; i < groups.size(); i++) {
            number(groups.path(i), path + ".supplementalGroups[" + i + "]", violations);
        }
        choice(context, "fsGroupChangePolicy", List.of("Always", "OnRootMismatch"), path, violations);
        profile(context.path("seccompProfile"), path + ".seccompProfile", violations);
        choice(context, "supplementalGroupsPolicy", List.of("Merge", "Strict"), path, violations);
    }

    static void container(JsonNode context, String path, Violations violations) {
        number(context.path("runAsUser"), path + ".runAsUser", violations);
        number(context.path("runAsGroup"), path + ".runAsGroup", violations);
        profile(context.path("seccompProfile"), path + ".seccompProfile", violations);
    }

    private static void number(JsonNode id, String path, Violations violations) {
        violations.addIf(
                id.isNumber() && (id.asLong() < 0 || id.asLong() > MAX_NUMBER),
                Violation.invalid(path, id, "must be between 0 and 2147483647, inclusive"));
    }

    private static void choice(
            JsonNode context, String field, List<String> values, String path, Violations violations) {
        violations.addIf(
                context.has(field) && !values.contains(Json.text(context, field)),
                Violation.unsupported(path + "." + field, Json.text(context, field), values));
    }

    private static void profile(JsonNode profile, String path, Violations violations) {
        if (!profile.isObject()) {
            return;
        }
        String type = Json.text(profile, "type");
        if (type.isEmpty()) {
            violations.add(Violation.required(path + ".type", "type is required when seccompProfile is set"));
        } else {
            violations.addIf(!PROFILES.contains(type), Violation.unsupported(path + ".type", type, PROFILES));
        }
        violations.addIf(
                type.equals("Localhost") && !profile.has("localhostProfile"),
                Violation.required(path + ".localhostProfile", "must be set when seccomp type is Localhost"));
    }
}
