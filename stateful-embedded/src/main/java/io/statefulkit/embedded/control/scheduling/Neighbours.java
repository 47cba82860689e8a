package io.statefulkit.embedded.control.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pod wants of the pods that run already: near some, far from others, spread evenly. How near is a matter of a label
 * of the nodes.
 *
 * @param pod the pod
 * @param nodes all nodes
 * @param others the pods that have nodes; may be empty when they do not matter
 */
record Neighbours(Resource pod, List<Resource> nodes, List<Resource> others) {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    /** Whether a pod has any wish of this kind. */
    static boolean matterTo(Resource pod) {
        JsonNode affinity = pod.spec().path("affinity");
        return affinity.has("podAffinity")
                || affinity.has("podAntiAffinity")
                || !pod.spec().path("topologySpreadConstraints").isEmpty();
    }

    /** Returns why the pod cannot go to a node, if it cannot. */
    Optional<String> reason(Resource node) {
        JsonNode affinity = pod.spec().path("affinity");
        for (JsonNode constraint : pod.spec().path("topologySpreadConstraints")) {
            boolean hard =
                    constraint.path("whenUnsatisfiable").asText("DoNotSchedule").equals("DoNotSchedule");
            if (hard && !spread(constraint, node)) {
                return Optional.of("node(s) didn't match pod topology spread constraints");
            }
        }
        for (JsonNode term : affinity.path("podAffinity").path(REQUIRED)) {
            if (!met(term, node) && !first(term)) {
                return Optional.of("node(s) didn't match pod affinity rules");
            }
        }
        for (JsonNode term : affinity.path("podAntiAffinity").path(REQUIRED)) {
            if (met(term, node)) {
                return Optional.of("node(s) didn't match pod anti-affinity rules");
            }
        }
        return Optional.empty();
    }

    /** The weights of the wishes that a node meets. */
    int preference(Resource node) {
        JsonNode affinity = pod.spec().path("affinity");
        int sum = 0;
        for (JsonNode wish : affinity.path("podAffinity").path(PREFERRED)) {
            sum += met(wish.path("podAffinityTerm"), node) ? wish.path("weight").asInt(1) : 0;
        }
        for (JsonNode wish : affinity.path("podAntiAffinity").path(PREFERRED)) {
            sum -= met(wish.path("podAffinityTerm"), node) ? wish.path("weight").asInt(1) : 0;
        }
        return sum;
    }

    private boolean met(JsonNode term, Resource node) {
        String key = term.path("topologyKey").asText("");
        return others.stream()
                .anyMatch(other -> meant(term, other) && place(other, key).equals(place(node, key)));
    }

    /** A pod that wants to be near others like itself may be the first of them. */
    private boolean first(JsonNode term) {
        return meant(term, pod) && others.stream().noneMatch(other -> meant(term, other));
    }

    private boolean meant(JsonNode term, Resource other) {
        boolean named = contains(term.path("namespaces"), other.namespace()) || term.has("namespaceSelector");
        boolean own = term.path("namespaces").isEmpty() && other.namespace().equals(pod.namespace());
        boolean here = named || own;
        return here && Selector.matches(term.path("labelSelector"), other);
    }

    private boolean spread(JsonNode constraint, Resource node) {
        String key = constraint.path("topologyKey").asText("");
        Optional<String> here = Optional.of(place(node, key)).filter(label -> !label.isEmpty());
        if (here.isEmpty()) {
            return false;
        }
        Map<String, Integer> counts = new HashMap<>();
        for (Resource each : nodes) {
            if (!place(each, key).isEmpty()) {
                counts.putIfAbsent(place(each, key), 0);
            }
        }
        for (Resource other : others) {
            if (other.namespace().equals(pod.namespace())
                    && !other.deleting()
                    && Selector.matches(constraint.path("labelSelector"), other)) {
                counts.computeIfPresent(place(other, key), (label, count) -> count + 1);
            }
        }
        int least = counts.values().stream().min(Integer::compare).orElse(0);
        int self = Selector.matches(constraint.path("labelSelector"), pod) ? 1 : 0;
        return counts.getOrDefault(here.get(), 0) + self - least
                <= constraint.path("maxSkew").asInt(1);
    }

    /** The value of a node's label; for a pod, of its node's. */
    private String place(Resource podOrNode, String key) {
        String name = podOrNode.spec().path("nodeName").asText("");
        if (name.isEmpty()) {
            return podOrNode.label(key);
        }
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .map(node -> node.label(key))
                .orElse("");
    }

    private static boolean contains(JsonNode list, String text) {
        for (JsonNode each : list) {
            if (each.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }
}
