package io.statefulkit.embedded.node.status;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait before a container is started again: not at all the first time, then {@code base}, doubled up to
 * {@code max}; a container that ran for longer than twice {@code max} starts over.
 *
 * @param base the first wait
 * @param max the longest wait
 * @param next the wait after the next end
 */
public record RestartBackoff(Duration base, Duration max, Duration next) {

    /** Returns the back-off of a container that did not end yet. */
    public static RestartBackoff fresh(Duration base, Duration max) {
        return new RestartBackoff(base, max, Duration.ZERO);
    }

    /** Returns when the container may start again after it ended. */
    public Instant restartAt(Instant startedAt, Instant finishedAt) {
        return ranLong(startedAt, finishedAt) ? finishedAt : finishedAt.plus(next);
    }

    /** Returns the back-off after that restart. */
    public RestartBackoff afterEnd(Instant startedAt, Instant finishedAt) {
        if (ranLong(startedAt, finishedAt) || next.isZero()) {
            return new RestartBackoff(base, max, base);
        }
        Duration doubled = next.multipliedBy(2);
        return new RestartBackoff(base, max, doubled.compareTo(max) > 0 ? max : doubled);
    }

    private boolean ranLong(Instant startedAt, Instant finishedAt) {
        return Duration.between(startedAt, finishedAt).compareTo(max.multipliedBy(2)) > 0;
    }
}
