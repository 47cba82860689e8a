package io.statefulkit.embedded.control.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.api.quota.PodRequests;
import io.statefulkit.embedded.control.loop.Resource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether nodes have what a pod requests. A node that does not say what it has, has enough.
 *
 * @param requests what the pod requests, by resource
 * @param others the pods that have nodes; may be empty when the pod requests nothing
 */
record Room(Map<String, BigDecimal> requests, List<Resource> others) {

    static Room of(Resource pod, List<Resource> others) {
        return new Room(PodRequests.all(pod.spec()), others);
    }

    static boolean matterTo(Resource pod) {
        return !PodRequests.all(pod.spec()).isEmpty();
    }

    List<Obstacle> obstacles(Resource node) {
        JsonNode allocatable = node.status().path("allocatable");
        List<Obstacle> obstacles = new ArrayList<>();
        if (allocatable.isEmpty()) {
            return obstacles;
        }
        requests.forEach((resource, amount) -> {
            BigDecimal all = PodRequests.amount(allocatable.path(resource));
            if (amount.compareTo(all.subtract(used(node, resource))) > 0) {
                obstacles.add(new Obstacle("Insufficient " + resource, amount.compareTo(all) > 0));
            }
        });
        return obstacles;
    }

    private BigDecimal used(Resource node, String resource) {
        return others.stream()
                .filter(other -> other.spec().path("nodeName").asText("").equals(node.name()))
                .map(other -> PodRequests.of(other.spec(), resource))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
