package io.statefulkit.survival.disruption.workload;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.awaitility.Awaitility;

/** What the cluster says about its nodes. */
record Nodes(KubernetesClient client) {

    private static final Duration POLL = Duration.ofMillis(20);

    /** Waits until a node is ready, or is not. */
    void await(String node, boolean ready, Duration patience) {
        Polling.within(Awaitility.await("node " + node + (ready ? " is ready" : " is not ready")), patience, POLL)
                // The API server may be on that very node.
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> ready ? isReady(node) : isOff(node));
    }

    /** An API server that is on that very node goes with it, and nobody is left to say so. */
    private boolean isOff(String node) {
        try {
            return !isReady(node);
        } catch (KubernetesClientException e) {
            boolean isAnswered = e.getCode() > 0;
            if (isAnswered) {
                throw e;
            }
            return true;
        }
    }

    private boolean isReady(String node) {
        Node found = client.nodes().withName(node).get();
        return found != null
                && found.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }
}
