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

/** What makes valid by which keys of its labels a pod means others; those of a new pod are in its selector already. */
final class LabelKeyRules {

    private static final String SAME = "matchLabelKeys";
    private static final String OTHER = "mismatchLabelKeys";

    private LabelKeyRules() {}

    /** Checks the keys of a nearness to pods or of a spread. */
    static void validate(JsonNode wish, String path, Violations violations) {
        JsonNode selector = wish.path("labelSelector");
        List<String> same = Json.texts(wish.path(SAME));
        List<String> other = Json.texts(wish.path(OTHER));
        names(same, selector, path + "." + SAME, violations);
        names(other, selector, path + "." + OTHER, violations);
        selected(same, selector, path, violations);
        for (int i = 0; i < same.size(); i++) {
            violations.addIf(
                    other.contains(same.get(i)),
                    Violation.invalid(
                            path + "." + SAME + "[" + i + "]",
                            same.get(i),
                            "exists in both matchLabelKeys and mismatchLabelKeys"));
        }
    }

    private static void names(List<String> keys, JsonNode selector, String path, Violations violations) {
        if (!keys.isEmpty() && !selector.isObject()) {
            violations.add(Violation.forbidden(path, "must not be specified when labelSelector is not set"));
            return;
        }
        for (int i = 0; i < keys.size(); i++) {
            Check.text(NameRules.qualifiedName(keys.get(i)), path + "[" + i + "]", keys.get(i), violations);
        }
    }

    /** A key is in the selector once, as what was made of it; once more is too much. */
    private static void selected(List<String> keys, JsonNode selector, String path, Violations violations) {
        Set<String> seen = new HashSet<>();
        selector.path("matchLabels").fieldNames().forEachRemaining(seen::add);
        for (JsonNode expression : selector.path("matchExpressions")) {
            String key = Json.text(expression, "key");
            boolean again = !seen.add(key);
            violations.addIf(
                    again && keys.contains(key),
                    // The path is written so by the API server.
                    Violation.invalid(
                            path + "[" + keys.lastIndexOf(key) + "]",
                            key,
                            "exists in both matchLabelKeys and labelSelector"));
        }
    }
}
