package io.statefulkit.embedded.api.apply;

import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says which fields belong to whom. */
final class ApplyConflicts {

    private ApplyConflicts() {}

    /** Makes the failure from the paths of each other manager. */
    static Failure failure(Map<String, List<String>> paths) {
        List<Violation> causes = new ArrayList<>();
        paths.forEach((who, fields) ->
                fields.forEach(field -> causes.add(new Violation("FieldManagerConflict", field, who))));
        return Failures.applyConflict(message(paths, causes.size()), causes);
    }

    private static String message(Map<String, List<String>> paths, int count) {
        if (count == 1) {
            Map.Entry<String, List<String>> only = paths.entrySet().iterator().next();
            return "Apply failed with 1 conflict: " + only.getKey() + ": "
                    + only.getValue().get(0);
        }
        StringBuilder text = new StringBuilder("Apply failed with " + count + " conflicts: ");
        List<String> parts = new ArrayList<>();
        paths.forEach((who, fields) -> {
            String plural = who.replaceFirst("^conflict ", "conflicts ");
            parts.add(plural + ":\n- " + String.join("\n- ", fields));
        });
        return text.append(String.join("\n", parts)).toString();
    }
}
