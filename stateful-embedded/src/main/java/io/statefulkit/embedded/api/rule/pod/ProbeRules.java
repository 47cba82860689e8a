package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.ArrayList;
import java.util.List;

/** What makes the probes and hooks of a container valid. */
final class ProbeRules {

    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");
    private static final List<String> PROBE_HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final List<String> HOOK_HANDLERS = List.of("exec", "httpGet", "tcpSocket", "sleep");
    private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");
    private static final List<String> NUMBERS =
            List.of("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold");

    private ProbeRules() {}

    /** Checks hooks, which may sleep no longer than the pod has time to end, and probes. */
    static void validate(JsonNode container, JsonNode grace, String path, Violations violations) {
        for (String hook : List.of("postStart", "preStop")) {
            JsonNode handler = container.path("lifecycle").path(hook);
            if (!handler.isMissingNode()) {
                handler(handler, HOOK_HANDLERS, grace, path + ".lifecycle." + hook, violations);
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
        handler(probe, PROBE_HANDLERS, probe, path, violations);
        NUMBERS.forEach(number -> Check.notNegative(probe, number, path, violations));
        JsonNode grace = probe.path("terminationGracePeriodSeconds");
        String at = path + ".terminationGracePeriodSeconds";
        violations.addIf(
                grace.isNumber() && grace.asLong() <= 0, Violation.invalid(at, grace, "must be greater than 0"));
        if (kind.equals("readinessProbe")) {
            violations.addIf(grace.isNumber(), Violation.invalid(at, grace, "must not be set for readinessProbes"));
            return;
        }
        violations.addIf(
                probe.path("successThreshold").asInt(1) != 1,
                Violation.invalid(path + ".successThreshold", probe.path("successThreshold"), "must be 1"));
    }

    private static void handler(JsonNode node, List<String> kinds, JsonNode grace, String path, Violations violations) {
        List<String> given = kinds.stream().filter(node::has).toList();
        if (given.isEmpty()) {
            violations.add(Violation.required(path, "must specify a handler type"));
        }
        for (int i = 0; i < given.size(); i++) {
            String kind = given.get(i);
            String at = path + "." + kind;
            if (i > 0) {
                violations.add(Violation.forbidden(at, "may not specify more than 1 handler type"));
            } else if (kind.equals("sleep")) {
                sleep(node.path(kind).path("seconds"), grace, at, violations);
            } else {
                handler(node.path(kind), kind, at, violations);
            }
        }
    }

    private static void sleep(JsonNode seconds, JsonNode grace, String path, Violations violations) {
        violations.addIf(
                grace.isNumber() && (seconds.asLong() < 0 || seconds.asLong() > grace.asLong()),
                Violation.invalid(
                        path,
                        seconds,
                        "must be non-negative and less than terminationGracePeriodSeconds (" + grace.asLong() + ")"));
    }

    private static void handler(JsonNode handler, String kind, String path, Violations violations) {
        switch (kind) {
            case "exec" ->
                violations.addIf(handler.path("command").isEmpty(), Violation.required(path + ".command", ""));
            case "httpGet" -> {
                violations.addIf(Json.text(handler, "path").isEmpty(), Violation.required(path + ".path", ""));
                Check.portOrName(handler.path("port"), path + ".port", violations);
                String scheme = Json.text(handler, "scheme");
                violations.addIf(!SCHEMES.contains(scheme), Violation.unsupported(path + ".scheme", scheme, SCHEMES));
                for (JsonNode header : handler.path("httpHeaders")) {
                    String name = Json.text(header, "name");
                    Check.text(NameRules.header(name), path + ".httpHeaders", name, violations);
                }
            }
            default -> Check.portOrName(handler.path("port"), path + ".port", violations);
        }
    }
}
