package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What makes references to fields of the pod itself, and to amounts of its containers, valid. */
final class FieldReferences {

    private static final Pattern MAP_ENTRY = Pattern.compile("(.+?)\\['(.*)']");
    private static final Set<String> MAPS = Set.of("metadata.annotations", "metadata.labels");

    private static final Set<String> KNOWN = Set.of(
            "metadata.annotations",
            "metadata.labels",
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.host",
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.schedulerName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.phase",
            "status.podIP",
            "status.podIPs");

    private static final List<String> OF_VARIABLES = List.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");

    private static final List<String> OF_FILES =
            List.of("metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid");

    private static final List<String> AMOUNTS = List.of(
            "limits.cpu",
            "limits.ephemeral-storage",
            "limits.memory",
            "requests.cpu",
            "requests.ephemeral-storage",
            "requests.memory");

    private static final Set<String> CPU_DIVISORS = Set.of("1m", "1");
    private static final Pattern DIVISORS = Pattern.compile("1([kMGTPE]i?|Ki)?");

    private FieldReferences() {}

    /** Checks a reference in an environment variable. */
    static void ofVariable(JsonNode reference, String path, Violations violations) {
        field(reference, OF_VARIABLES, path, violations);
    }

    /** Checks a reference in a file of a volume. */
    static void ofFile(JsonNode reference, String path, Violations violations) {
        field(reference, OF_FILES, path, violations);
    }

    private static void field(JsonNode reference, List<String> allowed, String path, Violations violations) {
        String field = Json.text(reference, "fieldPath");
        Matcher entry = MAP_ENTRY.matcher(field);
        if (field.isEmpty()) {
            violations.add(Violation.required(path + ".fieldPath", ""));
        } else if (entry.matches() && MAPS.contains(entry.group(1))) {
            String key = entry.group(1).endsWith("labels")
                    ? entry.group(2)
                    : entry.group(2).toLowerCase(Locale.ROOT);
            Check.text(NameRules.qualifiedName(key), path, key, violations);
        } else if (entry.matches()) {
            wrong(path, field, "field label does not support subscript: " + field, violations);
        } else if (!KNOWN.contains(field)) {
            wrong(path, field, "field label not supported: " + field, violations);
        } else {
            String internal = field.equals("spec.host") ? "spec.nodeName" : field;
            violations.addIf(
                    !allowed.contains(internal), Violation.unsupported(path + ".fieldPath", internal, allowed));
        }
    }

    private static void wrong(String path, String field, String why, Violations violations) {
        violations.add(Violation.invalid(path + ".fieldPath", field, "error converting fieldPath: " + why));
    }

    /** Checks a reference to an amount; in a volume it has to say of which container. */
    static void ofResource(JsonNode reference, boolean ofVolume, String path, Violations violations) {
        String resource = Json.text(reference, "resource");
        if (ofVolume && Json.text(reference, "containerName").isEmpty()) {
            violations.add(Violation.required(path + ".containerName", ""));
        } else if (resource.isEmpty()) {
            violations.add(Violation.required(path + ".resource", ""));
        } else if (!AMOUNTS.contains(resource)
                && !resource.startsWith("requests.hugepages-")
                && !resource.startsWith("limits.hugepages-")) {
            violations.add(Violation.unsupported(path + ".resource", resource, AMOUNTS));
        }
        divisor(reference, resource, path + ".divisor", violations);
    }

    private static void divisor(JsonNode reference, String resource, String path, Violations violations) {
        JsonNode divisor = reference.path("divisor");
        if (Quantity.parse(divisor).orElse(BigDecimal.ZERO).signum() == 0) {
            return;
        }
        String text = Quantity.canonical(divisor).asText();
        if (resource.endsWith(".cpu")) {
            violations.addIf(
                    !CPU_DIVISORS.contains(text),
                    Violation.invalid(
                            path, resource, "only divisor's values 1m and 1 are supported with the cpu resource"));
            return;
        }
        String what = resource.endsWith(".memory")
                ? "memory"
                : resource.endsWith(".ephemeral-storage") ? "local ephemeral storage" : "hugepages";
        violations.addIf(
                !DIVISORS.matcher(text).matches(),
                Violation.invalid(
                        path,
                        resource,
                        "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported"
                                + " with the " + what + " resource"));
    }
}
