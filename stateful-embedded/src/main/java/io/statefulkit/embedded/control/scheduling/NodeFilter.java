package io.statefulkit.embedded.control.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Selector;
import io.statefulkit.embedded.control.volume.Matching;
import java.util.List;
import java.util.Optional;

/**
 * Why a pod cannot go to a node.
 *
 * @param pod the pod
 * @param neighbours the pods that are on nodes already
 * @param room what nodes have left
 * @param ports the ports of its node that it wants
 * @param volumes the volumes of the pod's claims
 * @param taken whether a pod on some node has a claim that this one would have to share and may not
 */
record NodeFilter(Resource pod, Neighbours neighbours, Room room, HostPorts ports, PodVolumes volumes, boolean taken) {

    private static final int AVOIDED = 100;
    private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

    /** Returns the reasons, none when the pod can go there; which are looked for in the order in which a scheduler does. */
    List<Obstacle> obstacles(Resource node) {
        if (node.spec().path("unschedulable").asBoolean(false) && !tolerates(UNSCHEDULABLE, "", "NoSchedule")) {
            return List.of(Obstacle.ofNode("node(s) were unschedulable"));
        }
        if (tainted(node)) {
            return List.of(Obstacle.ofNode("node(s) had untolerated taint(s)"));
        }
        if (!selects(pod, node)) {
            return List.of(Obstacle.ofNode("node(s) didn't match Pod's node affinity/selector"));
        }
        Optional<Obstacle> port = ports.obstacle(node);
        if (port.isPresent()) {
            return List.of(port.get());
        }
        List<Obstacle> full = room.obstacles(node);
        if (!full.isEmpty()) {
            return full;
        }
        if (taken) {
            return List.of(Obstacle.ofOthers(
                    "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode"));
        }
        List<Obstacle> away = volumes.obstacles(node);
        if (!away.isEmpty()) {
            return away;
        }
        return neighbours.obstacle(node).map(List::of).orElse(List.of());
    }

    /** How much the pod likes a node: the weights of the preferences that it meets, less what it would rather avoid. */
    int preference(Resource node) {
        int sum = neighbours.preference(node);
        JsonNode wishes = pod.spec()
                .path("affinity")
                .path("nodeAffinity")
                .path("preferredDuringSchedulingIgnoredDuringExecution");
        for (JsonNode wish : wishes) {
            JsonNode labels = node.json().path("metadata").path("labels");
            if (Selector.matchesExpressions(wish.path("preference").path("matchExpressions"), labels)) {
                sum += wish.path("weight").asInt(1);
            }
        }
        for (JsonNode taint : node.spec().path("taints")) {
            boolean soft = taint.path("effect").asText("").equals("PreferNoSchedule");
            if (soft
                    && !tolerates(
                            taint.path("key").asText(""), taint.path("value").asText(""), "PreferNoSchedule")) {
                sum -= AVOIDED;
            }
        }
        return sum;
    }

    private boolean tainted(Resource node) {
        for (JsonNode taint : node.spec().path("taints")) {
            String effect = taint.path("effect").asText("");
            boolean soft = effect.equals("PreferNoSchedule");
            boolean cordon = taint.path("key").asText("").equals(UNSCHEDULABLE);
            if (!soft
                    && !cordon
                    && !tolerates(
                            taint.path("key").asText(""), taint.path("value").asText(""), effect)) {
                return true;
            }
        }
        return false;
    }

    private boolean tolerates(String key, String value, String effect) {
        for (JsonNode toleration : pod.spec().path("tolerations")) {
            if (Tolerations.covers(toleration, key, value, effect)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a pod's node selector and required node affinity allow a node. */
    static boolean selects(Resource pod, Resource node) {
        JsonNode labels = node.json().path("metadata").path("labels");
        JsonNode required =
                pod.spec().path("affinity").path("nodeAffinity").path("requiredDuringSchedulingIgnoredDuringExecution");
        return Selector.matchesLabels(pod.spec().path("nodeSelector"), labels)
                && (required.isMissingNode() || Matching.nodeMatches(required, node));
    }
}
