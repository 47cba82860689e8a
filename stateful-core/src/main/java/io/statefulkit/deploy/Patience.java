package io.statefulkit.deploy;

import java.time.Duration;

/**
 * How long to wait.
 *
 * @param timeout for something to be reached
 * @param withTroubles for a trouble (an image that cannot be pulled, a container that keeps crashing, a pod that no node
 *     can run) to go away by itself, before waiting is given up
 */
public record Patience(Duration timeout, Duration withTroubles) {

    /** Checks that both are positive. */
    public Patience {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout has to be positive, not " + timeout);
        }
        if (withTroubles.isNegative()) {
            throw new IllegalArgumentException("patience with troubles must not be negative, but is " + withTroubles);
        }
    }

    /** Returns the default: five minutes, and five seconds with a trouble. */
    public static Patience defaults() {
        return new Patience(Duration.ofMinutes(5), Duration.ofSeconds(5));
    }

    /** Returns the same with another timeout. */
    public Patience withTimeout(Duration other) {
        return new Patience(other, withTroubles);
    }

    /** Returns the same with another patience with troubles. */
    public Patience withTroublesFor(Duration other) {
        return new Patience(timeout, other);
    }
}
