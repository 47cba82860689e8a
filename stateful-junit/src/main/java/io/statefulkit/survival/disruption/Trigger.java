package io.statefulkit.survival.disruption;

import java.time.Duration;

/** When a disruption is to happen, told by what the writers do and not by a clock, so that it hits them at work on any machine. */
@FunctionalInterface
public interface Trigger {

    /** Whether it is to happen now. Must not block. */
    boolean isNow(Traffic traffic);

    /**
     * What the writers are doing.
     *
     * @param acknowledged how many rows were acknowledged since the last disruption, or the start
     * @param inFlight how many operations have begun and not ended
     * @param since how long ago the last disruption was over, or the start was
     */
    record Traffic(int acknowledged, int inFlight, Duration since) {}

    /** As soon as enough rows were acknowledged for the run to prove something. */
    static Trigger soon() {
        return traffic -> true;
    }

    /** When so many rows were acknowledged since the last disruption. */
    static Trigger afterAcks(int rows) {
        return traffic -> traffic.acknowledged() >= rows;
    }

    /** While so many writes are on their way at once; at most as many as there are connections. */
    static Trigger inFlight(int operations) {
        return traffic -> traffic.inFlight() >= operations;
    }

    /** When the last disruption is this long ago. */
    static Trigger after(Duration time) {
        return traffic -> traffic.since().compareTo(time) >= 0;
    }

    /** When the other says so too. */
    default Trigger and(Trigger other) {
        return traffic -> isNow(traffic) && other.isNow(traffic);
    }
}
