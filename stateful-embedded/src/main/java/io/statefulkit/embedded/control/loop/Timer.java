package io.statefulkit.embedded.control.loop;

import java.time.Instant;

/** Runs things later, in the time of the clock that goes with it. */
@FunctionalInterface
public interface Timer {

    /** Runs a short task once at a time, at once when that is past. */
    void at(Instant due, Runnable task);
}
