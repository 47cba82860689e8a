package io.statefulkit.embedded.control.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.control.loop.Resource;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * When an indexed job has succeeded although not all of its indexes have.
 *
 * @param rules {@code spec.successPolicy.rules}, possibly missing
 */
record SuccessPolicy(JsonNode rules) {

    static SuccessPolicy of(Resource job) {
        return new SuccessPolicy(job.spec().path("successPolicy").path("rules"));
    }

    /** Returns which rule is met. */
    Optional<String> met(NavigableSet<Integer> completed) {
        for (int i = 0; i < rules.size(); i++) {
            if (met(rules.get(i), completed)) {
                return Optional.of("Matched rules at index " + i);
            }
        }
        return Optional.empty();
    }

    private static boolean met(JsonNode rule, NavigableSet<Integer> completed) {
        if (!rule.hasNonNull("succeededIndexes")) {
            return rule.hasNonNull("succeededCount")
                    && completed.size() >= rule.path("succeededCount").asInt();
        }
        NavigableSet<Integer> wanted =
                Indexes.parse(rule.path("succeededIndexes").asText());
        int needed = rule.path("succeededCount").asInt(wanted.size());
        wanted.retainAll(completed);
        return wanted.size() >= needed;
    }
}
