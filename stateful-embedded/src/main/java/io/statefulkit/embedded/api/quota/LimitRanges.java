package io.statefulkit.embedded.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.api.value.Quantity;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gives containers the amounts of their namespace's limit ranges and refuses what is out of range. */
public final class LimitRanges {

    private final ObjectStore store;

    public LimitRanges(ObjectStore store) {
        this.store = store;
    }

    public void admitPod(String namespace, ObjectNode pod) {
        List<JsonNode> limits = limits(namespace);
        ObjectNode spec = Json.child(pod, "spec");
        List<String> problems = new ArrayList<>();
        for (JsonNode limit : limits) {
            String type = Json.text(limit, "type");
            for (ObjectNode container : containers(spec)) {
                if (type.equals("Container")) {
                    fill(container, limit);
                    ObjectNode resources = Json.child(container, "resources");
                    check(limit, resources.path("requests"), resources.path("limits"), problems);
                }
            }
            if (type.equals("Pod")) {
                check(limit, total(spec, "requests"), total(spec, "limits"), problems);
            }
        }
        refuse(ResourceCatalog.PODS, pod, problems);
    }

    public void admitClaim(String namespace, ObjectNode claim) {
        List<String> problems = new ArrayList<>();
        JsonNode requests = Json.at(claim, "spec", "resources", "requests");
        for (JsonNode limit : limits(namespace)) {
            if (Json.text(limit, "type").equals("PersistentVolumeClaim")) {
                minimum(limit, requests, Json.object(), problems);
                maximum(limit, requests, "request", problems);
            }
        }
        refuse(ResourceCatalog.PERSISTENT_VOLUME_CLAIMS, claim, problems);
    }

    private List<JsonNode> limits(String namespace) {
        List<JsonNode> limits = new ArrayList<>();
        store.list(ResourceCatalog.LIMIT_RANGES.qualified(), namespace)
                .objects()
                .forEach(range -> Json.at(range, "spec", "limits").forEach(limits::add));
        return limits;
    }

    private static List<ObjectNode> containers(ObjectNode spec) {
        List<ObjectNode> containers = new ArrayList<>(Json.objects(spec, "containers"));
        containers.addAll(Json.objects(spec, "initContainers"));
        return containers;
    }

    private static JsonNode total(ObjectNode spec, String list) {
        ObjectNode total = Json.object();
        PodRequests.total(spec, list).write(total);
        return total;
    }

    private static void fill(ObjectNode container, JsonNode limit) {
        ObjectNode resources = Json.child(container, "resources");
        copyMissing(limit.path("default"), resources, "limits");
        copyMissing(limit.path("defaultRequest"), resources, "requests");
    }

    private static void copyMissing(JsonNode amounts, ObjectNode resources, String list) {
        for (Map.Entry<String, JsonNode> amount : amounts.properties()) {
            ObjectNode own = Json.child(resources, list);
            if (!own.has(amount.getKey())) {
                own.set(amount.getKey(), amount.getValue());
            }
        }
    }

    private static void check(JsonNode limit, JsonNode requests, JsonNode limits, List<String> problems) {
        minimum(limit, requests, limits, problems);
        maximum(limit, limits, "limit", problems);
    }

    private static void minimum(JsonNode limit, JsonNode requests, JsonNode limits, List<String> problems) {
        for (Map.Entry<String, JsonNode> least : limit.path("min").properties()) {
            String name = least.getKey();
            String rule = "minimum " + name + " usage per " + Json.text(limit, "type") + " is "
                    + least.getValue().asText();
            if (!requests.has(name)) {
                problems.add(rule + ".  No request is specified");
            } else if (Quantity.compare(requests.path(name), least.getValue()) < 0) {
                problems.add(rule + ", but request is " + requests.path(name).asText());
            } else if (limits.has(name) && Quantity.compare(limits.path(name), least.getValue()) < 0) {
                problems.add(rule + ", but limit is " + limits.path(name).asText());
            }
        }
    }

    private static void maximum(JsonNode limit, JsonNode amounts, String what, List<String> problems) {
        for (Map.Entry<String, JsonNode> most : limit.path("max").properties()) {
            String name = most.getKey();
            String rule = "maximum " + name + " usage per " + Json.text(limit, "type") + " is "
                    + most.getValue().asText();
            if (!amounts.has(name)) {
                problems.add(rule + ".  No " + what + " is specified");
            } else if (Quantity.compare(amounts.path(name), most.getValue()) > 0) {
                problems.add(
                        rule + ", but " + what + " is " + amounts.path(name).asText());
            }
        }
    }

    private static void refuse(ResourceType type, ObjectNode object, List<String> problems) {
        if (!problems.isEmpty()) {
            String text = problems.size() == 1 ? problems.get(0) : "[" + String.join(", ", problems) + "]";
            throw Failures.forbidden(type, Json.text(object, "metadata", "name"), text);
        }
    }
}
