package io.statefulkit.embedded.control.scheduling;

import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.volume.Claims;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the node for a pod: the one its volumes are on already, else the one that suits it best and has the fewest pods. */
final class NodeChoice {

    private final Cluster cluster;
    private final NodeLoad load;

    NodeChoice(Cluster cluster, NodeLoad load) {
        this.cluster = cluster;
        this.load = load;
    }

    /** Returns the node; {@code obstacles} gets what stands in the way on each of the others. */
    Optional<Resource> choose(
            Resource pod, List<Resource> nodes, PodVolumes volumes, Map<Resource, List<Obstacle>> obstacles) {
        boolean alone = !Neighbours.matterTo(pod)
                && !Room.matterTo(pod)
                && !HostPorts.matterTo(pod)
                && !load.anyExclusive()
                && volumes.exclusive().isEmpty();
        List<Resource> others = alone ? List.of() : placed();
        boolean taken = others.stream()
                .filter(other -> other.namespace().equals(pod.namespace()))
                .anyMatch(other -> !Collections.disjoint(Claims.of(other), volumes.exclusive()));
        NodeFilter filter = new NodeFilter(
                pod,
                new Neighbours(pod, nodes, others),
                Room.of(pod, others),
                HostPorts.of(pod, others),
                volumes,
                taken);
        List<Resource> possible = new ArrayList<>();
        for (Resource node : nodes) {
            List<Obstacle> found = filter.obstacles(node);
            if (found.isEmpty()) {
                possible.add(node);
            } else {
                obstacles.put(node, found);
            }
        }
        Optional<Resource> before = possible.stream()
                .filter(node -> volumes.selected().contains(node.name()))
                .findFirst();
        return before.isPresent()
                ? before
                : possible.stream()
                        .min(Comparator.comparingInt((Resource node) -> -filter.preference(node))
                                .thenComparingInt(node -> load.of(node.name()))
                                .thenComparing(Resource::name));
    }

    private List<Resource> placed() {
        return cluster.list(ResourceCatalog.PODS, "").stream()
                .filter(other -> !Pods.terminal(other))
                .filter(NodeChoice::made)
                .toList();
    }

    /** Whether a pod has a node. */
    static boolean made(Resource pod) {
        return !pod.spec().path("nodeName").asText("").isEmpty();
    }
}
