package io.statefulkit.embedded.node;

import java.time.Duration;
import java.time.Instant;

/**
 * Containers that cannot start because something they refer to is not there. A kubelet tries again and again, and tells of it
 * now and then.
 */
final class MissingConfig {

    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration EVENTS = Duration.ofSeconds(10);
    private static final String REASON = "CreateContainerConfigError";

    private final PodState state;
    private final Runnable sync;
    private Instant nextEvent = Instant.MIN;

    MissingConfig(PodState state, Runnable sync) {
        this.state = state;
        this.sync = sync;
    }

    /** Whether the next try to start this container is not worth an event. */
    boolean quiet(PodContainer container) {
        return container.waits(REASON) && state.services.now().isBefore(nextEvent);
    }

    void retry(PodContainer container, String why) {
        Instant now = state.services.now();
        if (!now.isBefore(nextEvent)) {
            state.warning(container, "Failed", "Error: " + why);
            nextEvent = now.plus(EVENTS);
        }
        Instant again = now.plus(RETRY);
        container.record = container.record.waiting(REASON, why).notBefore(again);
        state.later(RETRY, () -> {
            if (container.record.notBefore().equals(again)) {
                container.record = container.record.notBefore(Instant.MIN);
            }
            sync.run();
        });
    }
}
