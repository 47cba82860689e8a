package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** What makes valid how a pod wants to be spread and near which others it wants to be. */
final class PlacementRules {

    private static final List<String> UNSATISFIABLE = List.of("DoNotSchedule", "ScheduleAnyway");
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private PlacementRules() {}

    static void validate(JsonNode spec, String path, Violations violations) {
        JsonNode spread = spec.path("topologySpreadConstraints");
        for (int i = 0; i < spread.size(); i++) {
            String at = path + ".topologySpreadConstraints[" + i + "]";
            JsonNode skew = spread.path(i).path("maxSkew");
            violations.addIf(skew.asInt() <= 0, Violation.invalid(at + ".maxSkew", skew, "must be greater than zero"));
            topologyKey(spread.path(i), at, violations);
            String when = Json.text(spread.path(i), "whenUnsatisfiable");
            violations.addIf(
                    !UNSATISFIABLE.contains(when),
                    Violation.unsupported(at + ".whenUnsatisfiable", when, UNSATISFIABLE));
        }
        for (String affinity : List.of("podAffinity", "podAntiAffinity")) {
            JsonNode terms = Json.at(spec, "affinity", affinity);
            String at = path + ".affinity." + affinity + ".";
            for (int i = 0; i < terms.path(REQUIRED).size(); i++) {
                topologyKey(terms.path(REQUIRED).path(i), at + REQUIRED + "[" + i + "]", violations);
            }
            for (int i = 0; i < terms.path(PREFERRED).size(); i++) {
                JsonNode term = terms.path(PREFERRED).path(i).path("podAffinityTerm");
                topologyKey(term, at + PREFERRED + "[" + i + "].podAffinityTerm", violations);
            }
        }
    }

    private static void topologyKey(JsonNode term, String path, Violations violations) {
        violations.addIf(
                Json.text(term, "topologyKey").isEmpty(),
                Violation.required(path + ".topologyKey", "can not be empty"));
    }
}
