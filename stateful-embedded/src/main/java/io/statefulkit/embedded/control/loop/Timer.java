package io.statefulkit.embedded.control.loop;

import java.time.Duration;

/** Runs things later, in the time of the clock that goes with it. */
@FunctionalInterface
public interface Timer {

    /** Runs a short task once after a delay. */
    void after(Duration delay, Runnable task);
}
