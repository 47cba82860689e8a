package io.statefulkit.survival.disruption.workload;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.survival.disruption.power.Powers;
import java.time.Duration;
import org.awaitility.Awaitility;

/** The nodes of a cluster: what it says about them, and what can be done to them. Thread-safe. */
public final class Nodes {

    private static final Duration POLL = Duration.ofMillis(20);

    private final KubernetesClient client;
    private final Powers powers;
    private final Duration patience;

    Nodes(KubernetesClient client, Powers powers, Duration patience) {
        this.client = client;
        this.powers = powers;
        this.patience = patience;
    }

    /** Takes the power of a node away. */
    public void stop(String node) {
        powers.stopNode(node);
    }

    /** Gives a node its power back. */
    public void start(String node) {
        powers.startNode(node);
    }

    /** Closes a node to new pods until the result is closed. */
    public Cordon cordon(String node) {
        return Cordon.of(client, node, patience.multipliedBy(2));
    }

    /**
     * Waits until a node is ready, or is not.
     *
     * @throws org.awaitility.core.ConditionTimeoutException when that takes too long
     */
    public void await(String node, boolean ready) {
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
