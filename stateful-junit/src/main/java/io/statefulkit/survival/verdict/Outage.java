package io.statefulkit.survival.verdict;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Step;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * How long no write was acknowledged around one disruption.
 *
 * @param length the longest time from one acknowledgement to the next that overlaps the disruption
 * @param usual the 99th percentile of such times before it
 * @param isClientLimited whether the writers themselves stood still in it for longer than any of them waits for an answer: then it says as much about
 *     the machine of the test as about the database
 */
public record Outage(Duration length, Duration usual, boolean isClientLimited) {

    /** Three times what a writer waits for an answer unless told otherwise. */
    private static final Duration STILL = Duration.ofSeconds(15);

    /** One in which writers tried all the time. */
    public Outage(Duration length, Duration usual) {
        this(length, usual, false);
    }

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
        long end = 0;
        long[] gaps = new long[acks.length];
        int before = 0;
        for (int i = 1; i < acks.length; i++) {
            long gap = acks[i] - acks[i - 1];
            if (acks[i] <= injected) {
                gaps[before++] = gap;
            } else if (acks[i - 1] < step.recovered().nanos()) {
                end = gap > length ? acks[i] : end;
                length = Math.max(length, gap);
            }
        }
        if (acks.length > 0 && acks[acks.length - 1] < step.recovered().nanos() && step.isRecovered()) {
            // No write was acknowledged after it: the pause lasts at least as long as the workload took to recover.
            long open = step.recovered().nanos() - acks[acks.length - 1];
            end = open > length ? step.recovered().nanos() : end;
            length = Math.max(length, open);
        }
        return new Outage(
                Duration.ofNanos(length),
                percentile99(Arrays.copyOf(gaps, before)),
                length > STILL.toNanos() && longestSilence(history, end - length, end) > STILL.toNanos());
    }

    /** The longest time within these in which no writer began anything or got an answer. */
    private static long longestSilence(History history, long from, long to) {
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

    private static Duration percentile99(long[] gaps) {
        Arrays.sort(gaps);
        return Duration.ofNanos(gaps.length == 0 ? 0 : gaps[(int) Math.min(gaps.length - 1L, gaps.length * 99L / 100)]);
    }
}
