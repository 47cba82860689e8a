package io.statefulkit.embedded.control.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import java.util.Optional;

/**
 * What a job says about failures of its pods: the first rule that matches decides.
 *
 * @param rules {@code spec.podFailurePolicy.rules}, possibly missing
 */
record FailurePolicy(JsonNode rules) {

    /** What becomes of a failure. */
    enum Action {
        COUNT,
        IGNORE,
        FAIL_INDEX,
        FAIL_JOB
    }

    /**
     * What is said about one pod.
     *
     * @param action what becomes of its failure
     * @param message which rule says so
     */
    record Verdict(Action action, String message) {}

    private static final Verdict COUNTS = new Verdict(Action.COUNT, "");

    static FailurePolicy of(Resource job) {
        return new FailurePolicy(job.spec().path("podFailurePolicy").path("rules"));
    }

    Verdict verdict(Resource pod) {
        if (!Pods.phase(pod).equals("Failed")) {
            return COUNTS;
        }
        for (int i = 0; i < rules.size(); i++) {
            JsonNode rule = rules.get(i);
            Optional<String> cause = rule.hasNonNull("onExitCodes")
                    ? exit(pod, rule.path("onExitCodes"))
                    : condition(pod, rule.path("onPodConditions"));
            if (cause.isPresent()) {
                String name = rule.path("action").asText("");
                return new Verdict(action(name), cause.get() + " matching " + name + " rule at index " + i);
            }
        }
        return COUNTS;
    }

    private static Action action(String name) {
        return switch (name) {
            case "FailJob" -> Action.FAIL_JOB;
            case "FailIndex" -> Action.FAIL_INDEX;
            case "Ignore" -> Action.IGNORE;
            default -> Action.COUNT;
        };
    }

    private static Optional<String> exit(Resource pod, JsonNode requirement) {
        for (String list : new String[] {"containerStatuses", "initContainerStatuses"}) {
            for (JsonNode container : pod.status().path(list)) {
                String name = container.path("name").asText("");
                int code = container
                        .path("state")
                        .path("terminated")
                        .path("exitCode")
                        .asInt(0);
                boolean meant = requirement.path("containerName").asText(name).equals(name);
                if (meant && code != 0 && matches(requirement, code)) {
                    return Optional.of(
                            "Container " + name + " for pod " + pod.key() + " failed with exit code " + code);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean matches(JsonNode requirement, int code) {
        boolean listed = false;
        for (JsonNode value : requirement.path("values")) {
            listed |= value.asInt() == code;
        }
        return listed == requirement.path("operator").asText("").equals("In");
    }

    private static Optional<String> condition(Resource pod, JsonNode patterns) {
        for (JsonNode pattern : patterns) {
            String type = pattern.path("type").asText("");
            if (pod.condition(type)
                    .path("status")
                    .asText("")
                    .equals(pattern.path("status").asText("True"))) {
                return Optional.of("Pod " + pod.key() + " has condition " + type);
            }
        }
        return Optional.empty();
    }
}
