package io.statefulkit.spec.pod;

import io.statefulkit.internal.Checks;
import java.time.Duration;

/**
 * How pods are replaced when the spec changes.
 *
 * @param automatic false if pods change only when somebody deletes them
 * @param partition how many pods, from the first one on, keep the old version
 * @param minReady how long a pod has to be ready before the next one is replaced
 */
public record UpdateStrategy(boolean automatic, int partition, Duration minReady) {

    public UpdateStrategy {
        Checks.between(0, 1000, partition, "partition");
        Checks.wholeSeconds(Duration.ZERO, minReady, "minReady");
    }

    /** Return the default: one pod after the other, from the highest ordinal down. */
    public static UpdateStrategy rolling() {
        return new UpdateStrategy(true, 0, Duration.ZERO);
    }

    /** Return the strategy that waits for somebody to delete the pods. */
    public static UpdateStrategy onDelete() {
        return new UpdateStrategy(false, 0, Duration.ZERO);
    }

    /** Leave this many pods alone, from the first one on: those below this ordinal, where ordinals start at 0. */
    public UpdateStrategy partition(int pods) {
        return new UpdateStrategy(automatic, pods, minReady);
    }

    /** Wait this long between pods. */
    public UpdateStrategy minReady(Duration duration) {
        return new UpdateStrategy(automatic, partition, duration);
    }
}
