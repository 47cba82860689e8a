package io.statefulkit.embedded.api.rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.json.Json;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What makes one container valid. */
public final class ContainerRules {

    private static final Set<String> FIELDS = Set.of(
            "metadata.annotations",
            "metadata.labels",
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.host",
            "spec.hostNetwork",
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.schedulerName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.phase",
            "status.podIP",
            "status.podIPs");
    private static final Pattern MAP_ENTRY = Pattern.compile("metadata\\.(annotations|labels)\\['.+']");

    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> MESSAGE_POLICIES = List.of("FallbackToLogsOnError", "File");
    public static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    private final Set<String> volumes;
    private final Violations violations;

    /**
     * Makes the checks for the containers of one pod.
     *
     * @param volumes the names of volumes that can be mounted
     */
    ContainerRules(Set<String> volumes, Violations violations) {
        this.volumes = volumes;
        this.violations = violations;
    }

    void validate(JsonNode container, String path) {
        String name = Json.text(container, "name");
        if (name.isEmpty()) {
            violations.add(Violation.required(path + ".name", ""));
        } else {
            Check.text(NameRules.label(name), path + ".name", name, violations);
        }
        image(Json.text(container, "image"), path + ".image");
        Check.oneOf(container, "terminationMessagePolicy", path, MESSAGE_POLICIES, violations);
        ports(container.path("ports"), path + ".ports");
        variables(container.path("env"), path + ".env");
        sources(container.path("envFrom"), path + ".envFrom");
        mounts(container.path("volumeMounts"), path + ".volumeMounts");
        Check.oneOf(container, "imagePullPolicy", path, PULL_POLICIES, violations);
        resources(container.path("resources"), path + ".resources");
    }

    private void image(String image, String path) {
        violations.addIf(image.isEmpty(), Violation.required(path, ""));
        violations.addIf(
                !image.strip().equals(image),
                Violation.invalid(path, image, "must not have leading or trailing whitespace"));
    }

    private void ports(JsonNode ports, String path) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            JsonNode port = ports.path(i);
            String at = path + "[" + i + "]";
            String name = Json.text(port, "name");
            if (!name.isEmpty()) {
                Check.text(NameRules.portName(name), at + ".name", name, violations);
                violations.addIf(!names.add(name), Violation.duplicate(at + ".name", port.path("name")));
            }
            if (port.path("containerPort").asInt() == 0) {
                violations.add(Violation.required(at + ".containerPort", ""));
            } else {
                Check.port(port.path("containerPort"), at + ".containerPort", violations);
            }
            if (port.path("hostPort").asInt() != 0) {
                Check.port(port.path("hostPort"), at + ".hostPort", violations);
            }
            Check.oneOf(port, "protocol", at, PROTOCOLS, violations);
        }
    }

    private void variables(JsonNode variables, String path) {
        for (int i = 0; i < variables.size(); i++) {
            JsonNode variable = variables.path(i);
            String at = path + "[" + i + "]";
            String name = Json.text(variable, "name");
            if (name.isEmpty()) {
                violations.add(Violation.required(at + ".name", ""));
            } else {
                Check.text(NameRules.variable(name), at + ".name", name, violations);
            }
            if (variable.has("valueFrom")) {
                valueFrom(variable, at + ".valueFrom");
            }
        }
    }

    private void valueFrom(JsonNode variable, String path) {
        JsonNode source = variable.path("valueFrom");
        if (source.isEmpty()) {
            violations.add(Violation.invalid(
                    path,
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or"
                            + " `fileKeyRef`"));
        } else if (!Json.text(variable, "value").isEmpty()) {
            violations.add(Violation.invalid(path, "", "may not be specified when `value` is not empty"));
        } else if (source.size() > 1) {
            violations.add(Violation.invalid(path, "", "may not have more than one field specified at a time"));
        }
        String field = Json.text(source, "fieldRef", "fieldPath");
        violations.addIf(
                !field.isEmpty()
                        && !FIELDS.contains(field)
                        && !MAP_ENTRY.matcher(field).matches(),
                Violation.invalid(
                        path + ".fieldRef.fieldPath",
                        field,
                        "error converting fieldPath: field label not supported: " + field));
        for (String reference : List.of("configMapKeyRef", "secretKeyRef")) {
            if (source.has(reference)) {
                String key = Json.text(source, reference, "key");
                String at = path + "." + reference + ".key";
                if (key.isEmpty()) {
                    violations.add(Violation.required(at, ""));
                } else {
                    Check.text(NameRules.configKey(key), at, key, violations);
                }
            }
        }
        violations.addIf(
                source.has("fieldRef")
                        && Json.text(source, "fieldRef", "fieldPath").isEmpty(),
                Violation.required(path + ".fieldRef.fieldPath", ""));
    }

    private void sources(JsonNode sources, String path) {
        for (int i = 0; i < sources.size(); i++) {
            JsonNode source = sources.path(i);
            String at = path + "[" + i + "]";
            boolean none = !source.has("configMapRef") && !source.has("secretRef");
            violations.addIf(none, Violation.invalid(at, "", "must specify one of: `configMapRef` or `secretRef`"));
            violations.addIf(
                    source.has("configMapRef") && source.has("secretRef"),
                    Violation.invalid(at, "", "may not have more than one field specified at a time"));
        }
    }

    private void mounts(JsonNode mounts, String path) {
        Set<String> places = new HashSet<>();
        for (int i = 0; i < mounts.size(); i++) {
            JsonNode mount = mounts.path(i);
            String at = path + "[" + i + "]";
            String name = Json.text(mount, "name");
            if (name.isEmpty()) {
                violations.add(Violation.required(at + ".name", ""));
            }
            violations.addIf(!volumes.contains(name), Violation.notFound(at + ".name", name));
            String place = Json.text(mount, "mountPath");
            violations.addIf(place.isEmpty(), Violation.required(at + ".mountPath", ""));
            violations.addIf(!places.add(place), Violation.invalid(at + ".mountPath", place, "must be unique"));
            subPath(Json.text(mount, "subPath"), at + ".subPath");
            violations.addIf(
                    mount.has("subPath") && mount.has("subPathExpr"),
                    Violation.invalid(
                            at + ".subPathExpr",
                            Json.text(mount, "subPathExpr"),
                            "subPathExpr and subPath are mutually exclusive"));
        }
    }

    private void subPath(String subPath, String path) {
        violations.addIf(subPath.startsWith("/"), Violation.invalid(path, subPath, "must be a relative path"));
        violations.addIf(
                List.of(subPath.split("/", -1)).contains(".."),
                Violation.invalid(path, subPath, "must not contain '..'"));
    }

    private void resources(JsonNode resources, String path) {
        for (String kind : List.of("limits", "requests")) {
            for (Map.Entry<String, JsonNode> amount : resources.path(kind).properties()) {
                String at = path + "." + kind + "[" + amount.getKey() + "]";
                violations.addIf(
                        Quantity.parse(amount.getValue())
                                        .orElse(BigDecimal.ZERO)
                                        .signum()
                                < 0,
                        Violation.invalid(at, amount.getValue(), "must be greater than or equal to 0"));
            }
        }
        for (Map.Entry<String, JsonNode> request : resources.path("requests").properties()) {
            JsonNode limit = resources.path("limits").path(request.getKey());
            violations.addIf(
                    !limit.isMissingNode() && Quantity.compare(request.getValue(), limit) > 0,
                    Violation.invalid(
                            path + ".requests",
                            request.getValue(),
                            "must be less than or equal to " + request.getKey() + " limit of " + limit.asText()));
        }
    }
}
