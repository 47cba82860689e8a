package io.statefulkit.survival.verdict;

import java.time.Duration;

/**
 * How much a run must have done so that a loss would have shown.
 *
 * @param acknowledgedBefore rows acknowledged between the last disruption, or the start, and the next
 * @param acknowledgedAfter rows acknowledged after a disruption
 * @param still after what time in which no writer did anything they stood still themselves: longer than any of them waits for an answer
 */
public record Requirements(int acknowledgedBefore, int acknowledgedAfter, Duration still) {

    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** With writers that wait 5 seconds for an answer. */
    public Requirements(int acknowledgedBefore, int acknowledgedAfter) {
        this(acknowledgedBefore, acknowledgedAfter, stillAfter(ANSWER));
    }

    /** 100 rows before each disruption and 50 after it, with writers that wait 5 seconds for an answer. */
    public static Requirements defaults() {
        return new Requirements(100, 50);
    }

    /** The same with writers that wait so long for an answer: they connect, act, and try again within three times that. */
    public Requirements withAnswersWithin(Duration timeout) {
        return new Requirements(acknowledgedBefore, acknowledgedAfter, stillAfter(timeout));
    }

    private static Duration stillAfter(Duration timeout) {
        return timeout.multipliedBy(3);
    }
}
