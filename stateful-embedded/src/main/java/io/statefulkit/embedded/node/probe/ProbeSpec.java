package io.statefulkit.embedded.node.probe;

import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a probe runs and what its results amount to.
 *
 * @param probe the probe as in the pod
 * @param initialDelay the wait after the start of the container
 * @param period the wait between two runs
 * @param timeout the longest run
 * @param successThreshold how many successes in a row count
 * @param failureThreshold how many failures in a row count
 */
public record ProbeSpec(
        Probe probe,
        Duration initialDelay,
        Duration period,
        Duration timeout,
        int successThreshold,
        int failureThreshold) {

    /** Reads a probe with Kubernetes' defaults. */
    public static ProbeSpec of(Probe probe) {
        return new ProbeSpec(
                probe,
                Duration.ofSeconds(or(probe.getInitialDelaySeconds(), 0)),
                Duration.ofSeconds(Math.max(1, or(probe.getPeriodSeconds(), 10))),
                Duration.ofSeconds(Math.max(1, or(probe.getTimeoutSeconds(), 1))),
                Math.max(1, or(probe.getSuccessThreshold(), 1)),
                Math.max(1, or(probe.getFailureThreshold(), 3)));
    }

    private static int or(@Nullable Integer value, int other) {
        return value == null ? other : value;
    }
}
