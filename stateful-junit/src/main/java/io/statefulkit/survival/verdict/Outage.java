package io.statefulkit.survival.verdict;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Step;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * How long no write was acknowledged around one disruption.
 *
 * @param length the longest time from one acknowledgement to the next that overlaps the disruption
 * @param usual the 99th percentile of such times before it
 * @param resolution how exactly the writers saw it: the longest time in which none of them tried, at its two ends
 * @param isClientLimited whether the writers themselves stood still in it for longer than any of them waits for an answer: then it says as much about
 *     the machine of the test as about the database
 */
public record Outage(Duration length, Duration usual, Duration resolution, boolean isClientLimited) {

    /** Whether the pause stands out from those that occur without a disruption. */
    public boolean isMeasurable() {
        return length.compareTo(usual.multipliedBy(3)) > 0;
    }

    /** Measures the pause around one disruption of a history; writers stand still when none of them does anything for that long. */
    static Outage of(History history, int index, Duration still) {
        Step step = history.steps().get(index);
        long from = index == 0 ? 0 : history.steps().get(index - 1).recovered().nanos();
        long injected = step.injected().nanos();
        long[] acks = history.writes().stream()
                .filter(Attempt::isAcknowledged)
                .mapToLong(write -> write.ended().nanos())
                .filter(at -> at >= from)
                .sorted()
                .toArray();
        Pause longest = new Pause(injected, injected);
        long[] gaps = new long[acks.length];
        int before = 0;
        for (int i = 1; i < acks.length; i++) {
            Pause pause = new Pause(acks[i - 1], acks[i]);
            if (pause.to <= injected) {
                gaps[before++] = pause.length();
            } else if (pause.from < step.recovered().nanos()) {
                longest = longest.orLonger(pause);
            }
        }
        if (acks.length > 0 && acks[acks.length - 1] < step.recovered().nanos() && step.isRecovered()) {
            // No write was acknowledged after it: the pause lasts at least as long as the workload took to recover.
            longest = longest.orLonger(
                    new Pause(acks[acks.length - 1], step.recovered().nanos()));
        }
        return new Outage(
                Duration.ofNanos(longest.length()),
                percentile99(Arrays.copyOf(gaps, before)),
                Duration.ofNanos(longest.resolution(history)),
                longest.length() > still.toNanos() && longest.longestSilence(history) > still.toNanos());
    }

    private static Duration percentile99(long[] gaps) {
        Arrays.sort(gaps);
        return Duration.ofNanos(gaps.length == 0 ? 0 : gaps[(int) Math.min(gaps.length - 1L, gaps.length * 99L / 100)]);
    }

    /** A time without an acknowledgement. */
    private record Pause(long from, long to) {

        long length() {
            return to - from;
        }

        Pause orLonger(Pause other) {
            return other.length() > length() ? other : this;
        }

        /** The longest time within it in which no writer began anything or got an answer. */
        long longestSilence(History history) {
            long[] moves = LongStream.concat(
                            LongStream.of(from, to),
                            history.writes().stream()
                                    .flatMapToLong(write -> LongStream.of(
                                            write.begun().nanos(), write.ended().nanos()))
                                    .filter(at -> at > from && at < to))
                    .sorted()
                    .toArray();
            long longest = 0;
            for (int i = 1; i < moves.length; i++) {
                longest = Math.max(longest, moves[i] - moves[i - 1]);
            }
            return longest;
        }

        /**
         * Of a write that had begun between the last that was acknowledged and the first that was not, and between the last that was not and the
         * first that was again, nobody knows what would have become of it.
         */
        long resolution(History history) {
            long lastBefore = latest(
                    history, write -> write.isAcknowledged() && write.ended().nanos() <= from);
            long firstFailed = earliest(history, write -> write.ended().nanos() > from);
            long firstAfter = earliest(
                    history, write -> write.isAcknowledged() && write.ended().nanos() >= to);
            long again = Math.min(firstAfter, to);
            long lastFailed = latest(
                    history,
                    write -> write.begun().nanos() < again
                            && (write.begun().nanos() <= from || !write.isAcknowledged()));
            return Math.max(Math.min(firstFailed, to) - lastBefore, again - lastFailed);
        }

        private long latest(History history, Predicate<Attempt> which) {
            return begun(history, which).max().orElse(from);
        }

        private long earliest(History history, Predicate<Attempt> which) {
            return begun(history, which).min().orElse(to);
        }

        private static LongStream begun(History history, Predicate<Attempt> which) {
            return history.writes().stream()
                    .filter(which)
                    .mapToLong(write -> write.begun().nanos());
        }
    }
}
