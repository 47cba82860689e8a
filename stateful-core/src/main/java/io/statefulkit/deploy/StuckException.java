package io.statefulkit.deploy;

import java.time.Duration;

/** Says that a workload did not get where it should, and why: because time is over, or because waiting is no use. */
public final class StuckException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Diagnosis diagnosis;
    private final boolean timedOut;

    /**
     * Says what was waited for, and why it did not come.
     *
     * @param goal what was waited for, in words that follow "did not become "
     * @param diagnosis what was found out
     * @param waited for how long
     * @param timedOut whether the time was over
     */
    public StuckException(String goal, Diagnosis diagnosis, Duration waited, boolean timedOut) {
        super(message(goal, diagnosis, waited, timedOut));
        this.diagnosis = diagnosis;
        this.timedOut = timedOut;
    }

    private static String message(String goal, Diagnosis diagnosis, Duration waited, boolean timedOut) {
        String seconds = String.format(java.util.Locale.ROOT, "%.1f s", waited.toMillis() / 1000.0);
        String first = diagnosis.workload() + " did not become " + goal
                + (timedOut ? " within " + seconds : ", given up after " + seconds);
        return first + diagnosis.cause().map(cause -> ": " + cause).orElse("") + "\n  " + diagnosis;
    }

    /** Returns what was found out. */
    public Diagnosis diagnosis() {
        return diagnosis;
    }

    /** Tells whether the time was over; else a trouble was found that does not go away by waiting. */
    public boolean timedOut() {
        return timedOut;
    }
}
