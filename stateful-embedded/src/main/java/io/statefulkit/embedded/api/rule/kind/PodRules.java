package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.rule.pod.LabelKeys;
import io.statefulkit.embedded.api.rule.pod.PodSpecDefaults;
import io.statefulkit.embedded.api.rule.pod.PodSpecRules;
import io.statefulkit.embedded.api.rule.pod.QosClass;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Map;

/** Pods. */
final class PodRules implements KindRules {

    @Override
    public void defaults(ObjectNode pod) {
        ObjectNode spec = Json.child(pod, "spec");
        PodSpecDefaults.of(spec);
        Defaults.flag(spec, "enableServiceLinks", true);
        for (String list : List.of("initContainers", "containers")) {
            Json.objects(spec, list).forEach(PodRules::requestsFromLimits);
            if (spec.path("hostNetwork").asBoolean()) {
                Json.objects(spec, list).forEach(PodRules::hostPorts);
            }
        }
    }

    /** In the network of a node, each port is one of the node; templates do not say so. */
    private static void hostPorts(ObjectNode container) {
        for (ObjectNode port : Json.objects(container, "ports")) {
            Defaults.positive(port, "hostPort", port.path("containerPort").asInt());
        }
    }

    private static void requestsFromLimits(ObjectNode container) {
        if (!(Json.at(container, "resources", "limits") instanceof ObjectNode limits)) {
            return;
        }
        ObjectNode requests = Json.child(Json.child(container, "resources"), "requests");
        for (Map.Entry<String, JsonNode> limit : limits.properties()) {
            if (!requests.has(limit.getKey())) {
                requests.set(limit.getKey(), limit.getValue());
            }
        }
    }

    @Override
    public void prepareCreate(ObjectNode pod) {
        pod.putObject("status").put("phase", "Pending").put("qosClass", QosClass.of(pod.path("spec")));
        LabelKeys.merge(pod);
    }

    @Override
    public void validate(ObjectNode pod, Violations violations) {
        PodSpecRules.pod(pod.path("spec"), violations);
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        PodUpdateRules.validate(old.path("spec"), next.path("spec"), violations);
    }
}
