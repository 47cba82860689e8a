package io.statefulkit.survival.disruption.workload;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.internal.NotApi;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A node that takes no new pods until this is closed. When it stays closed to pods because a JVM was killed in between, a later run opens it
 * again: the node itself says who closed it and until when.
 */
@NotApi
public final class Cordon implements AutoCloseable {

    static final String UNTIL = "statefulkit.dev/cordoned-until";

    private final String node;
    private final Optional<Undo> undo;

    private Cordon(String node, Optional<Undo> undo) {
        this.node = node;
        this.undo = undo;
    }

    /** Closes a node to new pods. One that somebody else has closed stays so when this is over. */
    static Cordon of(KubernetesClient client, String node, Duration atMost) {
        openForgotten(client);
        Node found = client.nodes().withName(node).require();
        if (Boolean.TRUE.equals(found.getSpec().getUnschedulable())) {
            return new Cordon(node, Optional.empty());
        }
        Undo undo = Undo.of(
                "uncordon node " + node,
                () -> patch(client, node, "null", "null"),
                () -> patch(client, node, "true", "\"" + Instant.now().plus(atMost) + "\""));
        return new Cordon(node, Optional.of(undo));
    }

    private static void openForgotten(KubernetesClient client) {
        for (Node node : client.nodes().list().getItems()) {
            Optional.ofNullable(node.getMetadata().getAnnotations())
                    .map(annotations -> annotations.get(UNTIL))
                    .filter(until ->
                            Instant.parse(Objects.requireNonNull(until)).isBefore(Instant.now()))
                    .ifPresent(until -> patch(client, node.getMetadata().getName(), "null", "null"));
        }
    }

    private static void patch(KubernetesClient client, String node, String unschedulable, String until) {
        client.nodes()
                .withName(node)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"" + UNTIL + "\":" + until + "}},\"spec\":{\"unschedulable\":"
                                + unschedulable + "}}");
    }

    public String node() {
        return node;
    }

    /** Opens it before this is closed, which then does nothing more. */
    public void uncordon() {
        undo.ifPresent(Undo::close);
    }

    @Override
    public void close() {
        uncordon();
    }
}
