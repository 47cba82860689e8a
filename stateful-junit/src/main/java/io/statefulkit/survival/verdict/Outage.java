package io.statefulkit.survival.verdict;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Step;
import java.time.Duration;
import java.util.Arrays;

/**
 * How long no write was acknowledged around one disruption.
 *
 * @param length the longest time from one acknowledgement to the next that overlaps the disruption
 * @param usual the 99th percentile of such times before it
 */
public record Outage(Duration length, Duration usual) {

    /** Whether the pause stands out from those that occur without a disruption. */
    public boolean isMeasurable() {
        return length.compareTo(usual.multipliedBy(3)) > 0;
    }

    /** Measures the pause around one disruption of a history. */
    static Outage of(History history, int index) {
        Step step = history.steps().get(index);
        long from = index == 0 ? 0 : history.steps().get(index - 1).recovered().nanos();
        long injected = step.injected().nanos();
        long[] acks = history.writes().stream()
                .filter(Attempt::isAcknowledged)
                .mapToLong(write -> write.ended().nanos())
                .filter(at -> at >= from)
                .sorted()
                .toArray();
        long length = 0;
        long[] gaps = new long[acks.length];
        int before = 0;
        for (int i = 1; i < acks.length; i++) {
            long gap = acks[i] - acks[i - 1];
            if (acks[i] <= injected) {
                gaps[before++] = gap;
            } else if (acks[i - 1] < step.recovered().nanos()) {
                length = Math.max(length, gap);
            }
        }
        if (acks.length > 0 && acks[acks.length - 1] < step.recovered().nanos() && step.isRecovered()) {
            // No write was acknowledged after it: the pause lasts at least as long as the workload took to recover.
            length = Math.max(length, step.recovered().nanos() - acks[acks.length - 1]);
        }
        return new Outage(Duration.ofNanos(length), percentile99(Arrays.copyOf(gaps, before)));
    }

    private static Duration percentile99(long[] gaps) {
        Arrays.sort(gaps);
        return Duration.ofNanos(gaps.length == 0 ? 0 : gaps[(int) Math.min(gaps.length - 1L, gaps.length * 99L / 100)]);
    }
}
