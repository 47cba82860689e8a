package io.statefulkit.embedded.control.scheduling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.control.loop.Cluster;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import io.statefulkit.embedded.control.loop.Trees;
import java.util.Optional;

/** Writes why a pod has no node. */
final class PodConditions {

    private static final String TYPE = "PodScheduled";

    private final Cluster cluster;

    PodConditions(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Sets the condition; returns whether that changed it. */
    boolean notScheduled(Resource pod, String reason, String message) {
        Optional<Resource> written = cluster.editStatus(ResourceCatalog.PODS, pod, current -> {
            var old = new Resource(current).condition(TYPE);
            boolean same = old.path("reason").asText("").equals(reason)
                    && old.path("message").asText("").equals(message);
            boolean bound =
                    !new Resource(current).spec().path("nodeName").asText("").isEmpty();
            if (!same && !bound) {
                replace(current, reason, message);
            }
        });
        return written.filter(now -> !now.resourceVersion().equals(pod.resourceVersion()))
                .isPresent();
    }

    /** Notes the node that a pod will get once its volumes are there; returns true. */
    boolean nominate(Resource pod, Resource node) {
        cluster.editStatus(ResourceCatalog.PODS, pod, current -> {
            boolean bound = current.path("spec").hasNonNull("nodeName");
            if (!bound) {
                Trees.status(current).put("nominatedNodeName", node.name());
            }
        });
        return true;
    }

    private void replace(ObjectNode pod, String reason, String message) {
        ArrayNode conditions = pod.arrayNode();
        pod.path("status").path("conditions").forEach(each -> {
            if (!each.path("type").asText().equals(TYPE)) {
                conditions.add(each);
            }
        });
        ObjectNode condition = conditions.addObject();
        condition.put("type", TYPE);
        condition.put("observedGeneration", new Resource(pod).generation());
        condition.put("status", "False").putNull("lastProbeTime");
        condition.put("lastTransitionTime", Times.seconds(cluster.now()));
        condition.put("reason", reason).put("message", message);
        Trees.status(pod).set("conditions", conditions);
    }
}
