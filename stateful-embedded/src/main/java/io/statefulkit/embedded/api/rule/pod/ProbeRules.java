package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.List;

/** What makes the probes and hooks of a container valid. */
final class ProbeRules {

    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");
    private static final List<String> PROBE_HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final List<String> HOOK_HANDLERS = List.of("exec", "httpGet", "tcpSocket", "sleep");
    private static final List<String> NUMBERS =
            List.of("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold");

    private ProbeRules() {}

    static void validate(JsonNode container, String path, Violations violations) {
        for (String hook : List.of("postStart", "preStop")) {
            JsonNode handler = container.path("lifecycle").path(hook);
            if (!handler.isMissingNode()) {
                handler(handler, HOOK_HANDLERS, path + ".lifecycle." + hook, violations);
            }
        }
        for (String probe : PROBES) {
            if (container.has(probe)) {
                probe(container.path(probe), probe, path + "." + probe, violations);
            }
        }
    }

    /** Refuses what only containers that go on running may have. */
    static void forbid(JsonNode container, String path, Violations violations) {
        List<String> fields = new ArrayList<>(List.of("lifecycle"));
        fields.addAll(PROBES);
        for (String field : fields) {
            violations.addIf(
                    container.has(field),
                    Violation.forbidden(
                            path + "." + field, "may not be set for init containers without restartPolicy=Always"));
        }
    }

    private static void probe(JsonNode probe, String kind, String path, Violations violations) {
        handler(probe, PROBE_HANDLERS, path, violations);
        NUMBERS.forEach(number -> Check.notNegative(probe, number, path, violations));
        JsonNode grace = probe.path("terminationGracePeriodSeconds");
        if (kind.equals("readinessProbe")) {
            violations.addIf(
                    grace.isNumber(),
                    Violation.invalid(
                            path + ".terminationGracePeriodSeconds", grace, "must not be set for readinessProbes"));
            return;
        }
        violations.addIf(
                grace.isNumber() && grace.asLong() <= 0,
                Violation.invalid(path + ".terminationGracePeriodSeconds", grace, "must be greater than 0"));
        violations.addIf(
                probe.path("successThreshold").asInt(1) != 1,
                Violation.invalid(path + ".successThreshold", probe.path("successThreshold"), "must be 1"));
    }

    private static void handler(JsonNode node, List<String> kinds, String path, Violations violations) {
        List<String> given = kinds.stream().filter(node::has).toList();
        if (given.isEmpty()) {
            violations.add(Violation.required(path, "must specify a handler type"));
        }
        for (int i = 0; i < given.size(); i++) {
            String kind = given.get(i);
            if (i > 0) {
                violations.add(Violation.forbidden(path + "." + kind, "may not specify more than 1 handler type"));
            } else {
                handler(node.path(kind), kind, path + "." + kind, violations);
            }
        }
    }

    private static void handler(JsonNode handler, String kind, String path, Violations violations) {
        switch (kind) {
            case "exec" ->
                violations.addIf(handler.path("command").isEmpty(), Violation.required(path + ".command", ""));
            case "httpGet" -> {
                violations.addIf(Json.text(handler, "path").isEmpty(), Violation.required(path + ".path", ""));
                Check.portOrName(handler.path("port"), path + ".port", violations);
                Check.oneOf(handler, "scheme", path, List.of("HTTP", "HTTPS"), violations);
            }
            case "sleep" -> Check.notNegative(handler, "seconds", path, violations);
            default -> Check.portOrName(handler.path("port"), path + ".port", violations);
        }
    }
}
