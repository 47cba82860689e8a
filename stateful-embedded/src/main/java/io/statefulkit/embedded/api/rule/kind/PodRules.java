package io.statefulkit.embedded.api.rule.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Violation;
import io.statefulkit.embedded.api.rule.Defaults;
import io.statefulkit.embedded.api.rule.KindRules;
import io.statefulkit.embedded.api.rule.Violations;
import io.statefulkit.embedded.api.rule.pod.PodSpecDefaults;
import io.statefulkit.embedded.api.rule.pod.PodSpecRules;
import io.statefulkit.embedded.api.rule.pod.QosClass;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pods. */
final class PodRules implements KindRules {

    @Override
    public void defaults(ObjectNode pod) {
        ObjectNode spec = Json.child(pod, "spec");
        PodSpecDefaults.of(spec);
        Defaults.flag(spec, "enableServiceLinks", true);
        for (String list : List.of("initContainers", "containers")) {
            Json.objects(spec, list).forEach(PodRules::requestsFromLimits);
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
    }

    @Override
    public void validate(ObjectNode pod, Violations violations) {
        PodSpecRules.validate(pod.path("spec"), "spec", Set.of(), violations);
    }

    @Override
    public void validateUpdate(ObjectNode old, ObjectNode next, Violations violations) {
        validate(next, violations);
        ObjectNode before = withoutChangeable(old.path("spec"));
        ObjectNode after = withoutChangeable(next.path("spec"));
        boolean fewerTolerations = !containsAll(next.path("spec"), old.path("spec"), "tolerations");
        boolean grace = !Json.same(
                        Json.at(old, "spec", "terminationGracePeriodSeconds"),
                        Json.at(next, "spec", "terminationGracePeriodSeconds"))
                && Json.at(old, "spec", "terminationGracePeriodSeconds").asLong() >= 0;
        violations.addIf(
                fewerTolerations || grace || !Json.same(before, after),
                Violation.forbidden(
                        "spec",
                        "pod updates may not change fields other than"
                                + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations`"
                                + " (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow"
                                + " it to be set to 1 if it was previously negative)"));
    }

    private static ObjectNode withoutChangeable(JsonNode spec) {
        ObjectNode copy = spec.deepCopy();
        copy.remove(
                List.of("activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds", "schedulingGates"));
        for (String list : List.of("initContainers", "containers")) {
            Json.objects(copy, list).forEach(container -> container.remove("image"));
        }
        return copy;
    }

    private static boolean containsAll(JsonNode whole, JsonNode part, String list) {
        for (JsonNode element : part.path(list)) {
            boolean found = false;
            for (JsonNode other : whole.path(list)) {
                found |= Json.same(element, other);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }
}
