package io.statefulkit.survival.disruption;

import java.time.Duration;

/**
 * What the writers felt of a disruption until now.
 *
 * @param quiet the longest time in which no row was acknowledged
 * @param refused how many rows the database has refused
 */
public record Pulse(Duration quiet, int refused) {

    /** Nothing. */
    public static final Pulse NONE = new Pulse(Duration.ZERO, 0);
}
