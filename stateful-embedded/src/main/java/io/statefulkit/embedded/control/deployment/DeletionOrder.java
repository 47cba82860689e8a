package io.statefulkit.embedded.control.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import java.io.Serializable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Which of several equal pods goes first: the one whose loss costs least. */
final class DeletionOrder implements Comparator<Resource>, Serializable {

    private static final long serialVersionUID = 1;
    private static final List<String> PHASES = List.of("Pending", "Unknown", "Running");
    private static final Comparator<Resource> ORDER = Comparator.comparing(DeletionOrder::assigned)
            .thenComparing(pod -> PHASES.indexOf(Pods.phase(pod)))
            .thenComparing(pod -> pod.is("Ready"))
            .thenComparing(DeletionOrder::cost)
            .thenComparing(DeletionOrder::readySince, Comparator.reverseOrder())
            .thenComparing(DeletionOrder::restarts, Comparator.reverseOrder())
            .thenComparing(Resource::created, Comparator.reverseOrder());

    @Override
    public int compare(Resource one, Resource other) {
        return ORDER.compare(one, other);
    }

    private static boolean assigned(Resource pod) {
        return !pod.spec().path("nodeName").asText("").isEmpty();
    }

    private static int cost(Resource pod) {
        try {
            String cost = pod.annotation("controller.kubernetes.io/pod-deletion-cost");
            return cost.isEmpty() ? 0 : Integer.parseInt(cost);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Instant readySince(Resource pod) {
        JsonNode ready = pod.condition("Ready");
        return pod.is("Ready") ? Times.parse(ready.path("lastTransitionTime").asText("")) : Instant.EPOCH;
    }

    private static int restarts(Resource pod) {
        int restarts = 0;
        for (JsonNode container : pod.status().path("containerStatuses")) {
            restarts = Math.max(restarts, container.path("restartCount").asInt(0));
        }
        return restarts;
    }
}
