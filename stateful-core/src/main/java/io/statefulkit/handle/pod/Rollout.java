package io.statefulkit.handle.pod;

import io.statefulkit.deploy.StuckException;
import java.time.Duration;

/** Pods are being replaced or their number changes; it has only begun when you get this. */
public final class Rollout {

    private final Pending<RolloutResult> pending;

    Rollout(Pending<RolloutResult> pending) {
        this.pending = pending;
    }

    /**
     * Waits until every pod is there, new and ready, no old one is left, and the controller says so of this very change.
     *
     * @throws StuckException when that does not happen in time, or cannot happen any more
     */
    public RolloutResult await() {
        return pending.await();
    }

    /** Waits like {@link #await()}, but at most so long. */
    public RolloutResult await(Duration atMost) {
        return pending.await(atMost);
    }
}
