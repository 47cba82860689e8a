package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.AsStored;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.rule.pod.ContainerRules;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.HashSet;
import java.util.Set;

/** What makes the ports of a service valid. */
final class ServicePortRules {

    private ServicePortRules() {}

    /** Tells ports apart. */
    static JsonNode key(JsonNode port) {
        ObjectNode key = Json.object().put("protocol", Json.text(port, "protocol"));
        return key.put("port", port.path("port").asInt());
    }

    /** Checks each port alone. */
    static void each(JsonNode ports, Violations violations) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            port(ports.path(i), "spec.ports[" + i + "]", ports.size() > 1, names, violations);
        }
    }

    private static void port(JsonNode port, String path, boolean named, Set<String> names, Violations violations) {
        String name = Json.text(port, "name");
        if (name.isEmpty()) {
            violations.addIf(named, Violation.required(path + ".name", ""));
        } else {
            Check.text(NameRules.label(name), path + ".name", name, violations);
            violations.addIf(!names.add(name), Violation.duplicate(path + ".name", port.path("name")));
        }
        Check.port(port.path("port"), path + ".port", violations);
        Check.oneOf(port, "protocol", path, ContainerRules.PROTOCOLS, violations);
        Check.portOrName(port.path("targetPort"), path + ".targetPort", violations);
        String application = Json.text(port, "appProtocol");
        if (port.has("appProtocol")) {
            Check.text(NameRules.qualifiedName(application), path + ".appProtocol", application, violations);
        }
    }

    /** Checks that no two are the same, and that only services outside the cluster have ports of the node. */
    static void together(JsonNode ports, String type, Violations violations) {
        for (int i = 0; i < ports.size() && type.equals("ClusterIP"); i++) {
            violations.addIf(
                    ports.path(i).path("nodePort").asInt() != 0,
                    Violation.forbidden(
                            "spec.ports[" + i + "].nodePort", "may not be used when `type` is 'ClusterIP'"));
        }
        Set<String> ofNode = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            JsonNode number = ports.path(i).path("nodePort");
            violations.addIf(
                    number.asInt() != 0 && !ofNode.add(Json.text(ports.path(i), "protocol") + number.asInt()),
                    Violation.duplicate("spec.ports[" + i + "].nodePort", number));
        }
        Set<JsonNode> seen = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            violations.addIf(
                    !seen.add(key(ports.path(i))),
                    Violation.duplicate("spec.ports[" + i + "]", AsStored.portKey(ports.path(i))));
        }
    }
}
