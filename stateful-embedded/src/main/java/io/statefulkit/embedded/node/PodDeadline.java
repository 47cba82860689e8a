package io.statefulkit.embedded.node;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells when a pod was active for as long as it may be; that may be set, and made shorter, while it runs. */
final class PodDeadline {

    private final PodState state;
    private final Runnable exceeded;
    private Optional<Instant> watched = Optional.empty();

    PodDeadline(PodState state, Runnable exceeded) {
        this.state = state;
        this.exceeded = exceeded;
    }

    /** Looks at what the pod says now. */
    void look() {
        Optional<Instant> due = due();
        if (due.isPresent() && !due.equals(watched)) {
            watched = due;
            Duration left = Duration.between(state.services.now(), due.get());
            state.later(left.isNegative() ? Duration.ZERO : left, this::check);
        }
    }

    private void check() {
        if (due().filter(due -> !due.isAfter(state.services.now())).isPresent()) {
            exceeded.run();
        }
    }

    private Optional<Instant> due() {
        return Optional.ofNullable(state.pod().getSpec().getActiveDeadlineSeconds())
                .map(state.startTime()::plusSeconds);
    }
}
