package io.statefulkit.handle.pod;

import io.statefulkit.deploy.StuckException;
import java.time.Duration;

/** A pod is on its way out, and another will take its place; ask for it before you rely on it. */
public final class PodReplacement {

    private final Pending<Replacement> pending;

    PodReplacement(Pending<Replacement> pending) {
        this.pending = pending;
    }

    /**
     * Waits until the old pod is gone and its successor, with another uid, is ready. Cannot be true too early: neither the
     * old pod nor the counts of the workload are looked at.
     *
     * @throws StuckException when that does not happen in time, or cannot happen any more
     */
    public Replacement awaitReplacement() {
        return pending.await();
    }

    /** Waits like {@link #awaitReplacement()}, but at most so long. */
    public Replacement awaitReplacement(Duration atMost) {
        return pending.await(atMost);
    }
}
