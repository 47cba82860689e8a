package io.statefulkit.spec.pod;

import io.statefulkit.internal.Checks;
import java.time.Duration;

/**
 * When a probe runs and when it has failed.
 *
 * @param period time between two runs
 * @param timeout time that one run may take
 * @param failures runs in a row that have to fail
 */
public record ProbeTimes(Duration period, Duration timeout, int failures) {

    public ProbeTimes {
        Checks.wholeSeconds(Duration.ofSeconds(1), period, "probe period");
        Checks.wholeSeconds(Duration.ofSeconds(1), timeout, "probe timeout");
        Checks.atLeast(1, failures, "probe failures");
    }

    /** Return times in seconds. */
    public static ProbeTimes seconds(int period, int timeout, int failures) {
        return new ProbeTimes(Duration.ofSeconds(period), Duration.ofSeconds(timeout), failures);
    }
}
