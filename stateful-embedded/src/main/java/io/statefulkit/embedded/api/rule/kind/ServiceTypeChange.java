package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.util.List;

/** A service that changes its type loses what only the old type has, unless that was changed as well. */
final class ServiceTypeChange {

    private ServiceTypeChange() {}

    static void drop(JsonNode before, ObjectNode spec) {
        if (addressed(before) && !addressed(spec)) {
            dropAddresses(before, spec);
        }
        if (onNodes(before) && !onNodes(spec) && noNewPorts(before, spec)) {
            Json.objects(spec, "ports").forEach(port -> port.remove("nodePort"));
        }
        if (balanced(before) && !balanced(spec)) {
            dropSame("allocateLoadBalancerNodePorts", before, spec);
            dropSame("loadBalancerClass", before, spec);
            dropSame("healthCheckNodePort", before, spec);
        }
        if (reachable(before) && !reachable(spec)) {
            dropSame("externalTrafficPolicy", before, spec);
        }
    }

    private static void dropAddresses(JsonNode before, ObjectNode spec) {
        if (same("clusterIP", before, spec) && same("clusterIPs", before, spec)) {
            spec.remove(List.of("clusterIP", "clusterIPs"));
        }
        dropSame("ipFamilies", before, spec);
        dropSame("ipFamilyPolicy", before, spec);
    }

    private static void dropSame(String field, JsonNode before, ObjectNode spec) {
        if (same(field, before, spec)) {
            spec.remove(field);
        }
    }

    private static boolean same(String field, JsonNode before, JsonNode spec) {
        return Json.same(before.path(field), spec.path(field));
    }

    private static boolean noNewPorts(JsonNode before, JsonNode spec) {
        List<Integer> old = Json.objects(before, "ports").stream()
                .map(port -> port.path("nodePort").asInt())
                .toList();
        return Json.objects(spec, "ports").stream()
                .map(port -> port.path("nodePort").asInt())
                .allMatch(port -> port == 0 || old.contains(port));
    }

    private static boolean addressed(JsonNode spec) {
        return !Json.text(spec, "type").equals("ExternalName");
    }

    private static boolean onNodes(JsonNode spec) {
        return Json.text(spec, "type").equals("NodePort") || balanced(spec);
    }

    private static boolean balanced(JsonNode spec) {
        return Json.text(spec, "type").equals("LoadBalancer");
    }

    private static boolean reachable(JsonNode spec) {
        boolean inside = Json.text(spec, "type").equals("ClusterIP");
        return onNodes(spec) || (inside && !spec.path("externalIPs").isEmpty());
    }
}
