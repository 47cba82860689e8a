package io.statefulkit.survival.verdict;

import io.statefulkit.survival.disruption.Happening;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.Step;
import java.time.Duration;

/**
 * What one disruption did.
 *
 * @param step when
 * @param happening what happened, with its evidence
 * @param outage how long no write was acknowledged
 * @param acknowledged how many rows had been acknowledged by the time the workload had recovered
 * @param exposed how many of them in the 600 ms before it, which a database that acknowledges too early would be likely to lose
 * @param lost the acknowledged rows that were found missing after it and not before
 */
public record StepResult(Step step, Happening happening, Outage outage, int acknowledged, int exposed, Elements lost) {

    /** The time before a disruption within which writes count as exposed. */
    public static final Duration EXPOSURE = Duration.ofMillis(600);
}
