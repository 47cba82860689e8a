package io.statefulkit.survival.report;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** How many operations ended how in each of some equal times. */
final class Buckets {

    private static final int MOST = 300;
    private static final long SHORTEST = 100_000_000L;
    private static final List<Outcome> ORDER = List.of(Outcome.OK, Outcome.INFO, Outcome.FAIL);
    private static final List<String> KINDS = List.of("ack", "info", "fail");

    private final long[][] counts;
    private final long length;
    private final TimeScale scale;

    private Buckets(long[][] counts, long length, TimeScale scale) {
        this.counts = counts;
        this.length = length;
        this.scale = scale;
    }

    static Buckets of(History history, TimeScale scale) {
        long length = Math.max(SHORTEST, scale.length() / MOST);
        long[][] counts = new long[(int) (scale.length() / length) + 1][ORDER.size()];
        for (Attempt write : history.writes()) {
            if (write.ended().nanos() <= scale.length()) {
                counts[(int) (write.ended().nanos() / length)][ORDER.indexOf(write.outcome())]++;
            }
        }
        return new Buckets(counts, length, scale);
    }

    private long peak() {
        return Math.max(
                1,
                Arrays.stream(counts)
                        .mapToLong(bucket -> LongStream.of(bucket).sum())
                        .max()
                        .orElse(1));
    }

    long peakPerSecond() {
        return peak() * 1_000_000_000L / length;
    }

    List<Timeline.Bar> bars(int base, int plot) {
        List<Timeline.Bar> bars = new ArrayList<>();
        double width = scale.x(length) - scale.x(0);
        double unit = plot / (double) peak();
        for (int i = 0; i < counts.length; i++) {
            double y = base;
            for (int kind = 0; kind < KINDS.size(); kind++) {
                double height = counts[i][kind] * unit;
                if (height > 0) {
                    y -= height;
                    bars.add(new Timeline.Bar(
                            KINDS.get(kind),
                            TimeScale.text(scale.x(i * length)),
                            TimeScale.text(y),
                            TimeScale.text(Math.max(1, width - 0.5)),
                            TimeScale.text(height)));
                }
            }
        }
        return bars;
    }
}
