package io.statefulkit.embedded.api.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.api.ResourceType;
import io.statefulkit.embedded.json.Json;
import io.statefulkit.embedded.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Gives containers the amounts of their namespace's limit ranges and refuses what is out of range. */
public final class LimitRanges {

    private final ObjectStore store;

    public LimitRanges(ObjectStore store) {
        this.store = store;
    }

    /** Gives the containers of a new pod what they leave out, and notes that on the pod. */
    public void fill(String namespace, ObjectNode pod) {
        for (ObjectNode range : ranges(namespace)) {
            ObjectNode given = Json.object();
            for (JsonNode limit : Json.at(range, "spec", "limits")) {
                if (Json.text(limit, "type").equals("Container")) {
                    copyMissing(limit.path("default"), given, "limits", new TreeSet<>());
                    copyMissing(limit.path("defaultRequest"), given, "requests", new TreeSet<>());
                }
            }
            List<String> notes = new ArrayList<>();
            Json.objects(pod, "spec", "containers").forEach(each -> fill(each, given, "container", notes));
            Json.objects(pod, "spec", "initContainers").forEach(each -> fill(each, given, "init container", notes));
            if (!notes.isEmpty()) {
                Json.child(Json.child(pod, "metadata"), "annotations")
                        .put("kubernetes.io/limit-ranger", "LimitRanger plugin set: " + String.join("; ", notes));
            }
        }
    }

    private static void fill(ObjectNode container, ObjectNode given, String what, List<String> notes) {
        ObjectNode resources = Json.child(container, "resources");
        for (String list : List.of("requests", "limits")) {
            Set<String> set = new TreeSet<>();
            copyMissing(given.path(list), resources, list, set);
            if (!set.isEmpty()) {
                notes.add(String.join(", ", set) + " " + list.substring(0, list.length() - 1) + " for " + what + " "
                        + Json.text(container, "name"));
            }
        }
    }

    /** Refuses a new pod or claim that is out of range. */
    public void check(ResourceType type, String namespace, ObjectNode object) {
        for (ObjectNode range : ranges(namespace)) {
            List<String> problems = new ArrayList<>();
            for (JsonNode limit : Json.at(range, "spec", "limits")) {
                if (type.equals(ResourceCatalog.PODS)) {
                    pod(limit, Json.child(object, "spec"), problems);
                } else if (Json.text(limit, "type").equals("PersistentVolumeClaim")) {
                    LimitCheck check = new LimitCheck(limit, Json.at(object, "spec", "resources", "requests"));
                    check.ofRequests(problems);
                }
            }
            refuse(type, object, problems);
        }
    }

    private static void pod(JsonNode limit, ObjectNode spec, List<String> problems) {
        switch (Json.text(limit, "type")) {
            case "Container" -> {
                List<ObjectNode> containers = new ArrayList<>(Json.objects(spec, "containers"));
                containers.addAll(Json.objects(spec, "initContainers"));
                for (ObjectNode container : containers) {
                    JsonNode resources = container.path("resources");
                    new LimitCheck(limit, resources.path("requests"), resources.path("limits")).check(problems);
                }
            }
            case "Pod" -> new LimitCheck(limit, total(spec, "requests"), total(spec, "limits")).check(problems);
            default -> {
                // What is said of other objects does not concern pods.
            }
        }
    }

    private List<ObjectNode> ranges(String namespace) {
        return store.list(ResourceCatalog.LIMIT_RANGES.qualified(), namespace).objects();
    }

    private static JsonNode total(ObjectNode spec, String list) {
        ObjectNode total = Json.object();
        PodRequests.total(spec, list).write(total);
        return total;
    }

    private static void copyMissing(JsonNode amounts, ObjectNode resources, String list, Set<String> set) {
        for (Map.Entry<String, JsonNode> amount : amounts.properties()) {
            ObjectNode own = Json.child(resources, list);
            if (!own.has(amount.getKey())) {
                own.set(amount.getKey(), amount.getValue());
                set.add(amount.getKey());
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
