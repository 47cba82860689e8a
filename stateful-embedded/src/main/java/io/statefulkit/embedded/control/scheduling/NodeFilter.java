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
 * @param others the pods that are on nodes already; only asked when the pod keeps away from others
 * @param volumes the volumes of the pod's claims
 */
record NodeFilter(Resource pod, List<Resource> others, List<Resource> volumes) {

    private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

    /** Returns the reason, or empty when the pod can go there. */
    Optional<String> reason(Resource node) {
        if (node.spec().path("unschedulable").asBoolean(false) && !tolerates(UNSCHEDULABLE, "", "NoSchedule")) {
            return Optional.of("node(s) were unschedulable");
        }
        if (tainted(node)) {
            return Optional.of("node(s) had untolerated taint(s)");
        }
        if (!selected(node)) {
            return Optional.of("node(s) didn't match Pod's node affinity/selector");
        }
        if (!volumes.stream().allMatch(volume -> Matching.reachable(volume, node))) {
            return Optional.of("node(s) didn't match PersistentVolume's node affinity");
        }
        if (repelled(node)) {
            return Optional.of("node(s) didn't match pod anti-affinity rules");
        }
        return Optional.empty();
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
            String ofKey = toleration.path("key").asText("");
            String ofEffect = toleration.path("effect").asText("");
            boolean exists = toleration.path("operator").asText("Equal").equals("Exists");
            boolean sameKey = ofKey.isEmpty() ? exists : ofKey.equals(key);
            boolean sameValue = exists || toleration.path("value").asText("").equals(value);
            if (sameKey && sameValue && (ofEffect.isEmpty() || ofEffect.equals(effect))) {
                return true;
            }
        }
        return false;
    }

    private boolean selected(Resource node) {
        JsonNode labels = node.json().path("metadata").path("labels");
        JsonNode required =
                pod.spec().path("affinity").path("nodeAffinity").path("requiredDuringSchedulingIgnoredDuringExecution");
        return Selector.matchesLabels(pod.spec().path("nodeSelector"), labels)
                && (required.isMissingNode() || Matching.nodeMatches(required, node));
    }

    private boolean repelled(Resource node) {
        for (JsonNode term : antiAffinity(pod)) {
            boolean sameHost = term.path("topologyKey").asText("").equals("kubernetes.io/hostname");
            boolean met = others.stream()
                    .filter(other -> other.namespace().equals(pod.namespace()))
                    .filter(other -> other.spec().path("nodeName").asText("").equals(node.name()))
                    .anyMatch(other -> Selector.matches(term.path("labelSelector"), other));
            if (sameHost && met) {
                return true;
            }
        }
        return false;
    }

    static JsonNode antiAffinity(Resource pod) {
        return pod.spec()
                .path("affinity")
                .path("podAntiAffinity")
                .path("requiredDuringSchedulingIgnoredDuringExecution");
    }
}
