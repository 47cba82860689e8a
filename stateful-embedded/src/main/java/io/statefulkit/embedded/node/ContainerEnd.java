package io.statefulkit.embedded.node;

import io.statefulkit.embedded.node.status.ContainerRecord;
import io.statefulkit.embedded.node.status.ContainerState.Terminated;
import io.statefulkit.embedded.node.status.ContainerState.Waiting;
import java.time.Instant;

/** What becomes of containers that do not run when their pod is deleted. */
final class ContainerEnd {

    private ContainerEnd() {}

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
                Instant.EPOCH,
                Instant.EPOCH,
                "");
    }
}
