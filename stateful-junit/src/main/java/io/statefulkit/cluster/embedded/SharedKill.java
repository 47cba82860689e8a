package io.statefulkit.cluster.embedded;

import io.statefulkit.cluster.client.Killing;
import java.util.Map;
import java.util.Optional;

/** Kills on a cluster that other JVMs use at the same time, whose pods are on the same nodes. */
record SharedKill(Killing killing) implements Killing {

    @Override
    public void kill(String namespace, String pod, String container) {
        killing.kill(namespace, pod, container);
    }

    @Override
    public Map<String, String> labels() {
        return killing.labels();
    }

    @Override
    public Optional<String> obstacle() {
        return killing.obstacle();
    }

    @Override
    public Optional<String> nodeObstacle() {
        return Optional.of(
                "other JVMs share the cluster, and what happens to a node would happen to the pods of their tests;"
                        + " statefulkit.reuse=PER_RUN gives this one its own");
    }
}
