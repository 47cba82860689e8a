package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.embedded.node.status.ContainerRecord;
import io.statefulkit.embedded.node.status.ContainerState.Terminated;
import io.statefulkit.embedded.node.status.ContainerState.Waiting;
import java.time.Instant;

/** What becomes of containers that do not run when their pod is deleted. */
final class ContainerEnd {

    private ContainerEnd() {}

    /** When the node learns of the deletion, it forgets why it could not start what does not run. */
    static ContainerRecord atSight(ContainerRecord container, Pod pod) {
        if (!(container.state() instanceof Waiting)) {
            return container;
        }
        boolean afterInit = !pod.getSpec().getInitContainers().isEmpty();
        return container
                .last()
                .map(container::in)
                .orElseGet(() -> container.waiting(ContainerRecord.waitsFor(afterInit), ""));
    }

    static ContainerRecord atDeletion(ContainerRecord container) {
        if (!(container.state() instanceof Waiting)) {
            return container;
        }
        return container.in(container.last().orElseGet(ContainerEnd::unknown));
    }

    private static Terminated unknown() {
        return new Terminated(
                137,
                "ContainerStatusUnknown",
                "The container could not be located when the pod was terminated",
                Instant.MIN,
                Instant.MIN,
                "");
    }
}
