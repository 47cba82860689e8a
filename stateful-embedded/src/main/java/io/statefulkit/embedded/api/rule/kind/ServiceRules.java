package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Check;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.MetadataRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.value.Metadata;
import io.statefulkit.embedded.api.value.NameRules;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** Services. */
final class ServiceRules implements KindRules {

    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final int THREE_HOURS = 10_800;
    private static final int A_DAY = 86_400;

    @Override
    public void defaults(ObjectNode service) {
        ObjectNode spec = Json.child(service, "spec");
        Defaults.text(spec, "type", "ClusterIP");
        affinityDefaults(spec);
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
        if (Json.text(spec, "type").equals("LoadBalancer")) {
            Defaults.flag(spec, "allocateLoadBalancerNodePorts", true);
        }
        if (!spec.has("ipFamilies")) {
            spec.putArray("ipFamilies").add("IPv4");
        }
        Defaults.text(spec, "ipFamilyPolicy", "SingleStack");
        addresses(spec);
    }

    private static void affinityDefaults(ObjectNode spec) {
        Defaults.text(spec, "sessionAffinity", "None");
        if (Json.text(spec, "sessionAffinity").equals("None")) {
            spec.remove("sessionAffinityConfig");
        } else if (Json.text(spec, "sessionAffinity").equals("ClientIP")) {
            ObjectNode client = Json.child(Json.child(spec, "sessionAffinityConfig"), "clientIP");
            Defaults.number(client, "timeoutSeconds", THREE_HOURS);
        }
    }

    /** One address may be said in two ways; who says it in both has to say the same. */
    private static void addresses(ObjectNode spec) {
        String address = Json.text(spec, "clusterIP");
        if (!address.isEmpty() && spec.path("clusterIPs").isEmpty()) {
            spec.putArray("clusterIPs").add(address);
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
        if (!external) {
            addressesOf(before, spec);
        }
        if (!external && spec.path("ipFamilies").isEmpty() && before.hasNonNull("ipFamilies")) {
            spec.set("ipFamilies", before.path("ipFamilies"));
        }
        keepNodePorts(before, spec);
        ServiceTypeChange.drop(before, spec);
    }

    /** Who changes the address in one of its two forms changes it in the other; who leaves it out keeps it. */
    private static void addressesOf(JsonNode before, ObjectNode spec) {
        boolean one = Json.same(spec.path("clusterIP"), before.path("clusterIP"));
        boolean all = Json.same(spec.path("clusterIPs"), before.path("clusterIPs"));
        if (Json.text(spec, "clusterIP").isEmpty() && before.hasNonNull("clusterIP")) {
            spec.set("clusterIP", before.path("clusterIP"));
            if (spec.path("clusterIPs").isEmpty() || all) {
                spec.set("clusterIPs", before.path("clusterIPs"));
            }
        } else if (!one && (all || spec.path("clusterIPs").isEmpty())) {
            spec.putArray("clusterIPs").add(Json.text(spec, "clusterIP"));
        } else if (spec.path("clusterIPs").isEmpty()) {
            Metadata.copyOrRemove(before, spec, "clusterIPs");
        }
    }

    /** A port that is still there keeps the port of the node it had. */
    private static void keepNodePorts(JsonNode before, ObjectNode spec) {
        String type = Json.text(spec, "type");
        if (!type.equals("NodePort") && !type.equals("LoadBalancer")) {
            return;
        }
        for (ObjectNode port : Json.objects(spec, "ports")) {
            for (ObjectNode old : Json.objects(before, "ports")) {
                boolean same = ServicePortRules.key(withProtocol(port)).equals(ServicePortRules.key(withProtocol(old)));
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
        boolean headless = headless(spec);
        JsonNode ports = spec.path("ports");
        violations.addIf(
                ports.isEmpty() && !headless && !type.equals("ExternalName"), Violation.required("spec.ports", ""));
        if (type.equals("ExternalName")) {
            external(spec, violations);
        } else {
            violations.addIf(
                    headless && (type.equals("NodePort") || type.equals("LoadBalancer")),
                    Violation.invalid(
                            "spec.clusterIPs[0]", "None", "may not be set to 'None' for " + type + " services"));
        }
        ServicePortRules.each(ports, violations);
        MetadataRules.labels("spec.selector", spec.path("selector"), violations);
        affinity(spec, violations);
        if (!type.equals("ExternalName")) {
            ServiceAddressRules.validate(spec, violations);
        }
        violations.addIf(!TYPES.contains(type), Violation.unsupported("spec.type", type, TYPES));
        ServicePortRules.together(ports, type, violations);
        balanced(spec, type, violations);
        traffic(spec, type, violations);
    }

    static boolean headless(JsonNode spec) {
        JsonNode addresses = spec.path("clusterIPs");
        return addresses.size() == 1 && addresses.path(0).asText().equals("None");
    }

    private static void external(JsonNode spec, Violations violations) {
        for (String field : List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
            violations.addIf(
                    spec.has(field)
                            && !(spec.path(field).isArray() && spec.path(field).isEmpty()),
                    Violation.forbidden("spec." + field, "may not be set for ExternalName services"));
        }
        String name = Json.text(spec, "externalName").replaceFirst("\\.$", "");
        if (name.isEmpty()) {
            violations.add(Violation.required("spec.externalName", ""));
        } else {
            Check.text(NameRules.subdomain(name), "spec.externalName", name, violations);
        }
    }

    private static void affinity(JsonNode spec, Violations violations) {
        Check.oneOf(spec, "sessionAffinity", "spec", List.of("ClientIP", "None"), violations);
        JsonNode seconds = Json.at(spec, "sessionAffinityConfig", "clientIP", "timeoutSeconds");
        violations.addIf(
                seconds.isNumber() && (seconds.asInt() <= 0 || seconds.asInt() > A_DAY),
                Violation.invalid(
                        "spec.sessionAffinityConfig.clientIP.timeoutSeconds",
                        seconds,
                        "must be greater than 0 and less than " + A_DAY));
    }

    private static void balanced(JsonNode spec, String type, Violations violations) {
        if (type.equals("LoadBalancer")) {
            return;
        }
        String why = "may only be used when `type` is 'LoadBalancer'";
        violations.addIf(
                !spec.path("loadBalancerSourceRanges").isEmpty(),
                Violation.forbidden("spec.LoadBalancerSourceRanges", why));
        for (String field : List.of("allocateLoadBalancerNodePorts", "loadBalancerClass")) {
            violations.addIf(spec.has(field), Violation.forbidden("spec." + field, why));
        }
    }

    private static void traffic(JsonNode spec, String type, Violations violations) {
        List<String> policies = List.of("Cluster", "Local");
        String outside = Json.text(spec, "externalTrafficPolicy");
        boolean reachable = type.equals("NodePort")
                || type.equals("LoadBalancer")
                || (type.equals("ClusterIP") && !spec.path("externalIPs").isEmpty());
        if (!reachable) {
            violations.addIf(
                    !outside.isEmpty(),
                    Violation.invalid(
                            "spec.externalTrafficPolicy",
                            outside,
                            "may only be set for externally-accessible services"));
        } else {
            Check.oneOf(spec, "externalTrafficPolicy", "spec", policies, violations);
        }
        String inside = Json.text(spec, "internalTrafficPolicy");
        violations.addIf(
                spec.has("internalTrafficPolicy") && !policies.contains(inside),
                Violation.unsupported("spec.internalTrafficPolicy", inside, policies));
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        ServiceAddressRules.kept(old.path("spec"), next.path("spec"), violations);
        validate(next, violations);
    }
}
