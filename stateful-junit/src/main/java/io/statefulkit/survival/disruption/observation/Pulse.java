package io.statefulkit.survival.disruption.observation;

import java.time.Duration;

/**
 * What the writers felt of a disruption until now, or of its phase.
 *
 * @param quiet the longest time in which no row was acknowledged
 * @param refused how many rows the database has refused
 * @param acknowledged how many rows were acknowledged
 */
public record Pulse(Duration quiet, int refused, int acknowledged) {

    /** One in which no row was acknowledged. */
    public Pulse(Duration quiet, int refused) {
        this(quiet, refused, 0);
    }

    /** Nothing. */
    public static final Pulse NONE = new Pulse(Duration.ZERO, 0);
}
