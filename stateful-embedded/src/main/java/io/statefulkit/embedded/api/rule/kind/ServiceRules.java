package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.AsStored;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.MetadataRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.rule.pod.ContainerRules;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Services. */
final class ServiceRules implements KindRules {

    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final Pattern ADDRESS =
            Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    @Override
    public void defaults(ObjectNode service) {
        ObjectNode spec = Json.child(service, "spec");
        Defaults.text(spec, "type", "ClusterIP");
        Defaults.text(spec, "sessionAffinity", "None");
        for (ObjectNode port : Json.objects(spec, "ports")) {
            Defaults.text(port, "protocol", "TCP");
            if (!port.hasNonNull("targetPort")
                    || port.path("targetPort").asText().equals("0")) {
                port.put("targetPort", port.path("port").asInt());
            }
        }
        if (Json.text(spec, "type").equals("ExternalName")) {
            return;
        }
        Defaults.text(spec, "internalTrafficPolicy", "Cluster");
        if (!Json.text(spec, "type").equals("ClusterIP")) {
            Defaults.text(spec, "externalTrafficPolicy", "Cluster");
        }
        if (!spec.has("ipFamilies")) {
            spec.putArray("ipFamilies").add("IPv4");
        }
        Defaults.text(spec, "ipFamilyPolicy", "SingleStack");
        if (!Json.text(spec, "clusterIP").isEmpty()) {
            spec.putArray("clusterIPs").add(Json.text(spec, "clusterIP"));
        }
    }

    @Override
    public void prepareCreate(ObjectNode service) {
        service.putObject("status").putObject("loadBalancer");
    }

    @Override
    public void prepareUpdate(ObjectNode old, ObjectNode next) {
        ObjectNode spec = Json.child(next, "spec");
        JsonNode before = old.path("spec");
        boolean external = Json.text(spec, "type").equals("ExternalName");
        if (!external && Json.text(spec, "clusterIP").isEmpty() && before.hasNonNull("clusterIP")) {
            spec.set("clusterIP", before.path("clusterIP"));
        }
        if (external && !Json.text(old, "spec", "type").equals("ExternalName")) {
            // What goes with an address goes with it, unless it was changed as well.
            for (String field : List.of("ipFamilies", "ipFamilyPolicy")) {
                if (Json.same(spec.path(field), before.path(field))) {
                    spec.remove(field);
                }
            }
        }
        if (!external && spec.path("ipFamilies").isEmpty() && before.hasNonNull("ipFamilies")) {
            spec.set("ipFamilies", before.path("ipFamilies"));
        }
        keepNodePorts(before, spec);
    }

    /** A port that is still there keeps the port of the node it had. */
    private static void keepNodePorts(JsonNode before, ObjectNode spec) {
        String type = Json.text(spec, "type");
        if (!type.equals("NodePort") && !type.equals("LoadBalancer")) {
            return;
        }
        for (ObjectNode port : Json.objects(spec, "ports")) {
            for (ObjectNode old : Json.objects(before, "ports")) {
                boolean same = portKey(withProtocol(port)).equals(portKey(withProtocol(old)));
                if (same
                        && port.path("nodePort").asInt() == 0
                        && old.path("nodePort").asInt() != 0) {
                    port.set("nodePort", old.path("nodePort"));
                }
            }
        }
    }

    private static JsonNode withProtocol(ObjectNode port) {
        ObjectNode copy = port.deepCopy();
        Defaults.text(copy, "protocol", "TCP");
        return copy;
    }

    @Override
    public List<String> nameProblems(String name) {
        return NameRules.label(name);
    }

    @Override
    public void validate(ObjectNode service, Violations violations) {
        JsonNode spec = service.path("spec");
        String type = Json.text(spec, "type");
        boolean needsPorts =
                !type.equals("ExternalName") && !Json.text(spec, "clusterIP").equals("None");
        JsonNode ports = spec.path("ports");
        violations.addIf(needsPorts && ports.isEmpty(), Violation.required("spec.ports", ""));
        violations.addIf(!TYPES.contains(type), Violation.unsupported("spec.type", type, TYPES));
        violations.addIf(
                type.equals("ExternalName") && Json.text(spec, "externalName").isEmpty(),
                Violation.required("spec.externalName", ""));
        Set<String> names = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            port(ports.path(i), "spec.ports[" + i + "]", ports.size() > 1, names, violations);
            String number = ports.path(i).path("port").asText() + "/" + Json.text(ports.path(i), "protocol");
            violations.addIf(
                    !numbers.add(number),
                    Violation.duplicate("spec.ports[" + i + "]", AsStored.portKey(ports.path(i))));
        }
        MetadataRules.labels("spec.selector", spec.path("selector"), violations);
        Check.oneOf(spec, "sessionAffinity", "spec", List.of("ClientIP", "None"), violations);
        address(spec, violations);
    }

    private static JsonNode portKey(JsonNode port) {
        return Json.object()
                .put("protocol", Json.text(port, "protocol"))
                .put("port", port.path("port").asInt());
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
    }

    private static void address(JsonNode spec, Violations violations) {
        String address = Json.text(spec, "clusterIP");
        String type = Json.text(spec, "type");
        violations.addIf(
                address.equals("None") && (type.equals("NodePort") || type.equals("LoadBalancer")),
                Violation.invalid("spec.clusterIPs[0]", "None", "may not be set to 'None' for " + type + " services"));
        boolean special = address.isEmpty() || address.equals("None");
        violations.addIf(
                !special && !ADDRESS.matcher(address).matches(),
                Violation.invalid(
                        "spec.clusterIPs[0]",
                        address,
                        "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        String before = Json.text(old, "spec", "clusterIP");
        boolean external = Json.text(next, "spec", "type").equals("ExternalName")
                || Json.text(old, "spec", "type").equals("ExternalName");
        violations.addIf(
                !external && !before.isEmpty() && !before.equals(Json.text(next, "spec", "clusterIP")),
                Violation.invalid(
                        "spec.clusterIPs[0]", Json.at(next, "spec", "clusterIPs"), "may not change once set"));
    }
}
