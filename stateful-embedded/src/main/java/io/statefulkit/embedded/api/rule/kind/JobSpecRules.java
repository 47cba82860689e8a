package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.rule.pod.PodSpecRules;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Set;

/** What makes the spec of a job valid, in jobs and in cron jobs. */
final class JobSpecRules {

    private static final List<String> MODES = List.of("NonIndexed", "Indexed");
    private static final List<String> POLICIES = List.of("OnFailure", "Never");
    private static final int MAX_PARALLEL = 100_000;

    private JobSpecRules() {}

    static void validate(JsonNode spec, String path, Violations violations) {
        for (String field : List.of(
                "parallelism",
                "completions",
                "activeDeadlineSeconds",
                "backoffLimit",
                "ttlSecondsAfterFinished",
                "backoffLimitPerIndex",
                "maxFailedIndexes")) {
            Check.notNegative(spec, field, path, violations);
        }
        violations.addIf(
                spec.has("maxFailedIndexes") && !spec.has("backoffLimitPerIndex"),
                Violation.required(path + ".backoffLimitPerIndex", "when maxFailedIndexes is specified"));
        mode(spec, path, violations);
        FailurePolicyRules.validate(spec, path, violations);
        replacement(spec, path + ".podReplacementPolicy", violations);
        PodSpecRules.template(spec.path("template"), path + ".template", Set.of(), violations);
        restart(spec, path + ".template.spec.restartPolicy", violations);
    }

    private static void mode(JsonNode spec, String path, Violations violations) {
        String mode = Json.text(spec, "completionMode");
        violations.addIf(
                !mode.isEmpty() && !MODES.contains(mode), Violation.unsupported(path + ".completionMode", mode, MODES));
        if (mode.equals("Indexed")) {
            violations.addIf(
                    !spec.hasNonNull("completions"),
                    Violation.required(path + ".completions", "when completion mode is Indexed"));
            violations.addIf(
                    spec.path("parallelism").asInt() > MAX_PARALLEL,
                    Violation.invalid(
                            path + ".parallelism",
                            spec.path("parallelism"),
                            "must be less than or equal to 100000 when completion mode is Indexed"));
            violations.addIf(
                    spec.has("completions")
                            && spec.path("maxFailedIndexes").asInt()
                                    > spec.path("completions").asInt(),
                    Violation.invalid(
                            path + ".maxFailedIndexes",
                            spec.path("maxFailedIndexes"),
                            "must be less than or equal to completions"));
        } else if (mode.isEmpty() || mode.equals("NonIndexed")) {
            for (String field : List.of("backoffLimitPerIndex", "maxFailedIndexes")) {
                violations.addIf(
                        spec.has(field),
                        Violation.invalid(path + "." + field, spec.path(field), "requires indexed completion mode"));
            }
        }
    }

    private static void replacement(JsonNode spec, String path, Violations violations) {
        String policy = Json.text(spec, "podReplacementPolicy");
        List<String> allowed =
                spec.has("podFailurePolicy") ? List.of("Failed") : List.of("Failed", "TerminatingOrFailed");
        violations.addIf(!policy.isEmpty() && !allowed.contains(policy), Violation.unsupported(path, policy, allowed));
    }

    private static void restart(JsonNode spec, String path, Violations violations) {
        String policy = Json.text(spec, "template", "spec", "restartPolicy");
        if (policy.equals("Always")) {
            violations.add(Violation.required(path, "valid values: \"OnFailure\", \"Never\""));
        } else if (!POLICIES.contains(policy)) {
            violations.add(Violation.unsupported(path, policy, POLICIES));
        } else {
            violations.addIf(
                    spec.has("podFailurePolicy") && !policy.equals("Never"),
                    Violation.invalid(path, policy, "only \"Never\" is supported when podFailurePolicy is specified"));
        }
    }
}
