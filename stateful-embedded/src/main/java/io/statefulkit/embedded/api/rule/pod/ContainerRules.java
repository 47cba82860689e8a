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

/** What makes one container valid. */
public final class ContainerRules {

    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> MESSAGE_POLICIES = List.of("File", "FallbackToLogsOnError");
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
        violations.addIf(Json.text(container, "image").isEmpty(), Violation.required(path + ".image", ""));
        Check.oneOf(container, "terminationMessagePolicy", path, MESSAGE_POLICIES, violations);
        ports(container.path("ports"), path + ".ports");
        EnvironmentRules.variables(container.path("env"), path + ".env", violations);
        EnvironmentRules.sources(container.path("envFrom"), path + ".envFrom", violations);
        MountRules.validate(container, volumes, path + ".volumeMounts", violations);
        Check.oneOf(container, "imagePullPolicy", path, PULL_POLICIES, violations);
        ResourceRules.validate(container.path("resources"), path + ".resources", violations);
        SecurityRules.container(container.path("securityContext"), path + ".securityContext", violations);
    }

    /** Templates may have images with blanks around them, pods may not. */
    static void imagesOfPods(JsonNode containers, String path, Violations violations) {
        for (int i = 0; i < containers.size(); i++) {
            String image = Json.text(containers.path(i), "image");
            violations.addIf(
                    !image.strip().equals(image),
                    Violation.invalid(
                            path + "[" + i + "].image", image, "must not have leading or trailing whitespace"));
        }
    }

    /** Two containers that run at the same time cannot have one port of the node. */
    static void hostPorts(List<JsonNode> containers, List<String> paths, Violations violations) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            JsonNode ports = containers.get(i).path("ports");
            for (int j = 0; j < ports.size(); j++) {
                JsonNode port = ports.path(j);
                int number = port.path("hostPort").asInt();
                String text = Json.text(port, "protocol") + "/" + Json.text(port, "hostIP") + "/" + number;
                violations.addIf(
                        number != 0 && !taken.add(text),
                        Violation.duplicate(paths.get(i) + ".ports[" + j + "].hostPort", Check.text(text)));
            }
        }
    }

    private void ports(JsonNode ports, String path) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            JsonNode port = ports.path(i);
            String at = path + "[" + i + "]";
            String name = Json.text(port, "name");
            if (!name.isEmpty()) {
                List<String> problems = NameRules.portName(name);
                Check.text(problems, at + ".name", name, violations);
                violations.addIf(
                        problems.isEmpty() && !names.add(name), Violation.duplicate(at + ".name", port.path("name")));
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
}
