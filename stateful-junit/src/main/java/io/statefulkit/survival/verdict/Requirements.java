package io.statefulkit.survival.verdict;

/**
 * How much a run must have done so that a loss would have shown.
 *
 * @param acknowledgedBefore rows acknowledged between the last disruption, or the start, and the next
 * @param acknowledgedAfter rows acknowledged after a disruption
 */
public record Requirements(int acknowledgedBefore, int acknowledgedAfter) {

    /** 100 rows before each disruption and 50 after it. */
    public static Requirements defaults() {
        return new Requirements(100, 50);
    }
}
