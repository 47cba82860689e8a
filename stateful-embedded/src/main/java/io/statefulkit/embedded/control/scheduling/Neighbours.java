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

    /** Whether a pod may have to wait until others have nodes. */
    static boolean waitsForOthers(Resource pod) {
        for (JsonNode constraint : pod.spec().path("topologySpreadConstraints")) {
            if (hard(constraint)) {
                return true;
            }
        }
        return !pod.spec().path("affinity").path("podAffinity").path(REQUIRED).isEmpty();
    }

    /** Whether a pod keeps others away from where it is. */
    static boolean keepsAway(Resource pod) {
        return !pod.spec()
                .path("affinity")
                .path("podAntiAffinity")
                .path(REQUIRED)
                .isEmpty();
    }

    /** Returns why the pod cannot go to a node, if it cannot. */
    Optional<Obstacle> obstacle(Resource node) {
        JsonNode affinity = pod.spec().path("affinity");
        for (JsonNode constraint : pod.spec().path("topologySpreadConstraints")) {
            String text = "node(s) didn't match pod topology spread constraints";
            if (hard(constraint) && place(node, constraint).isEmpty()) {
                return Optional.of(Obstacle.ofNode(text + " (missing required label)"));
            }
            if (hard(constraint) && !spread(constraint, node)) {
                return Optional.of(Obstacle.ofOthers(text));
            }
        }
        for (JsonNode term : affinity.path("podAffinity").path(REQUIRED)) {
            if (!met(term, node) && !(first(term) && !place(node, term).isEmpty())) {
                return Optional.of(Obstacle.ofNode("node(s) didn't match pod affinity rules"));
            }
        }
        for (JsonNode term : affinity.path("podAntiAffinity").path(REQUIRED)) {
            if (met(term, node)) {
                return Optional.of(Obstacle.ofOthers("node(s) didn't match pod anti-affinity rules"));
            }
        }
        return keptAway(node)
                ? Optional.of(Obstacle.ofOthers("node(s) didn't satisfy existing pods anti-affinity rules"))
                : Optional.empty();
    }

    /** Anti-affinity holds in both directions: a pod that is there keeps this one away. */
    private boolean keptAway(Resource node) {
        for (Resource other : others) {
            for (JsonNode term :
                    other.spec().path("affinity").path("podAntiAffinity").path(REQUIRED)) {
                String place = place(node, term);
                if (!place.isEmpty() && place.equals(place(other, term)) && meant(term, other, pod)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hard(JsonNode constraint) {
        return constraint.path("whenUnsatisfiable").asText("DoNotSchedule").equals("DoNotSchedule");
    }

    /** The weights of the wishes that a node meets, less how many are there already of those to be spread. */
    int preference(Resource node) {
        JsonNode affinity = pod.spec().path("affinity");
        int sum = 0;
        for (JsonNode wish : affinity.path("podAffinity").path(PREFERRED)) {
            sum += met(wish.path("podAffinityTerm"), node) ? wish.path("weight").asInt(1) : 0;
        }
        for (JsonNode wish : affinity.path("podAntiAffinity").path(PREFERRED)) {
            sum -= met(wish.path("podAffinityTerm"), node) ? wish.path("weight").asInt(1) : 0;
        }
        for (JsonNode constraint : pod.spec().path("topologySpreadConstraints")) {
            sum -= hard(constraint) ? 0 : counts(constraint).getOrDefault(place(node, constraint), 0);
        }
        return sum;
    }

    private boolean met(JsonNode term, Resource node) {
        String place = place(node, term);
        return !place.isEmpty()
                && others.stream()
                        .anyMatch(other ->
                                meant(term, pod, other) && place(other, term).equals(place));
    }

    /** A pod that wants to be near others like itself may be the first of them. */
    private boolean first(JsonNode term) {
        return meant(term, pod, pod) && others.stream().noneMatch(other -> meant(term, pod, other));
    }

    private static boolean meant(JsonNode term, Resource whose, Resource other) {
        boolean named = contains(term.path("namespaces"), other.namespace()) || term.has("namespaceSelector");
        boolean own = term.path("namespaces").isEmpty() && other.namespace().equals(whose.namespace());
        boolean here = named || own;
        return here && Selector.matches(term.path("labelSelector"), other);
    }

    private boolean spread(JsonNode constraint, Resource node) {
        Map<String, Integer> counts = counts(constraint);
        boolean few = counts.size() < constraint.path("minDomains").asInt(1);
        int least = few ? 0 : counts.values().stream().min(Integer::compare).orElse(0);
        int self = Selector.matches(constraint.path("labelSelector"), pod) ? 1 : 0;
        return counts.getOrDefault(place(node, constraint), 0) + self - least
                <= constraint.path("maxSkew").asInt(1);
    }

    /** How many pods of those that a constraint spreads are at each place; one where this pod cannot go is none. */
    private Map<String, Integer> counts(JsonNode constraint) {
        Map<String, Integer> counts = new HashMap<>();
        boolean everywhere =
                constraint.path("nodeAffinityPolicy").asText("Honor").equals("Ignore");
        for (Resource each : nodes) {
            String place = place(each, constraint);
            if (!place.isEmpty() && (everywhere || NodeFilter.selects(pod, each))) {
                counts.putIfAbsent(place, 0);
            }
        }
        for (Resource other : others) {
            if (other.namespace().equals(pod.namespace())
                    && !other.deleting()
                    && Selector.matches(constraint.path("labelSelector"), other)) {
                counts.computeIfPresent(place(other, constraint), (label, count) -> count + 1);
            }
        }
        return counts;
    }

    /** The value of the label of a node, or of a pod's node, by which a wish tells places apart. */
    private String place(Resource podOrNode, JsonNode wish) {
        String key = wish.path("topologyKey").asText("");
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
