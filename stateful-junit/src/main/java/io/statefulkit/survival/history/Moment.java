package io.statefulkit.survival.history;

import java.time.Duration;

/**
 * A place in a history.
 *
 * @param index the place in the order of all events
 * @param nanos nanoseconds since the run began, by one monotonic clock
 */
public record Moment(long index, long nanos) {

    static final Moment NEVER = new Moment(Long.MAX_VALUE, Long.MAX_VALUE);

    /** Whether it lies before the other in the order of events. */
    public boolean isBefore(Moment other) {
        return index < other.index;
    }

    /** The time from this moment to a later one; negative when it is earlier. */
    public Duration until(Moment later) {
        return Duration.ofNanos(later.nanos - nanos);
    }
}
