package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.embedded.node.status.Role;
import java.time.Instant;
import java.util.Optional;

/** Gives containers the images that somebody changed; those that run, and are to go on, are restarted in place. */
final class ImageChanges {

    private final PodState state;
    private final ContainerStops stops;

    ImageChanges(PodState state, ContainerStops stops) {
        this.state = state;
        this.stops = stops;
    }

    void apply(Pod newer) {
        newer.getSpec().getInitContainers().forEach(this::change);
        newer.getSpec().getContainers().forEach(this::change);
    }

    private void change(Container newer) {
        Optional<PodContainer> found = state.find(newer.getName());
        if (found.isEmpty() || found.get().spec().getImage().equals(newer.getImage())) {
            return;
        }
        PodContainer container = found.get();
        container.spec(newer);
        if (!container.record.running()) {
            container.pullAgain = Instant.MIN;
            container.record = container.record.notBefore(Instant.MIN);
        } else if (container.role() != Role.INIT) {
            state.normal(container, "Killing", message(container));
            container.replaced = true;
            stops.stop(container, state.grace());
        }
    }

    private static String message(PodContainer container) {
        return container.role() == Role.SIDECAR
                ? "Init container " + container.name() + " definition changed"
                : "Container " + container.name() + " definition changed, will be restarted";
    }
}
