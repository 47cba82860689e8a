package io.statefulkit.embedded.fidelity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the recorded cluster has that Kubernetes as such has not: one more certificate in each namespace, a storage class that
 * was made with kubectl, and a limit of a control group that has none.
 */
final class Specialities {

    private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String NO_LIMIT = "9007199254740988Ki";

    private Specialities() {}

    /** Removes them from an object, and returns it. */
    static <T extends JsonNode> T without(T object) {
        object.findParents(APPLIED).forEach(parent -> ((ObjectNode) parent).remove(APPLIED));
        for (JsonNode resources : object.findValues("resources")) {
            if (resources.path("limits").path("memory").asText().equals(NO_LIMIT)) {
                ((ObjectNode) resources).remove("limits");
            }
        }
        remove(object, "sources", source -> named(source.path("configMap").path("name")));
        remove(object, "items", item -> named(item.path("metadata").path("name")));
        remove(object, "rows", row -> named(row.path("cells").path(0)));
        return object;
    }

    private static boolean named(JsonNode name) {
        return name.asText().startsWith("openshift-");
    }

    private static void remove(JsonNode object, String list, Predicate<JsonNode> special) {
        List<JsonNode> parents = object.findParents(list);
        parents.forEach(parent -> {
            if (parent.path(list) instanceof ArrayNode entries) {
                for (int i = entries.size() - 1; i >= 0; i--) {
                    if (special.test(entries.get(i))) {
                        entries.remove(i);
                    }
                }
            }
        });
    }
}
