package io.statefulkit.survival.report;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** How long operations took, on a logarithmic axis. Of those that fall on one spot, the slowest is shown. */
record Latency(List<Dot> dots, List<Mark> marks, String note) {

    /** Two pixels wide, so that there are never more dots than a page can bear. */
    private static final int SPOT = 2;

    private static final double SHORTEST = 1e5;
    private static final int DECADES = 5;

    record Dot(String kind, String path) {}

    record Mark(int y, int textY, String label) {}

    static Latency of(History history, TimeScale scale, Layout layout) {
        int spots = (int) (scale.x(scale.length()) / SPOT) + 1;
        Map<Outcome, long[]> slowest = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            slowest.put(outcome, new long[spots]);
        }
        long all = 0;
        for (Attempt write : history.writes()) {
            if (write.ended().nanos() <= scale.length()) {
                all++;
                int spot = (int) (scale.x(write.ended().nanos()) / SPOT);
                long[] kind = Objects.requireNonNull(slowest.get(write.outcome()));
                kind[spot] = Math.max(
                        kind[spot],
                        Math.max(1, write.ended().nanos() - write.begun().nanos()));
            }
        }
        List<Dot> dots = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            for (int spot = 0; spot < spots; spot++) {
                long nanos = Objects.requireNonNull(slowest.get(outcome))[spot];
                if (nanos > 0) {
                    dots.add(dot(outcome, spot * SPOT, y((double) nanos, layout)));
                }
            }
        }
        return new Latency(
                dots,
                marks(layout),
                dots.size() + " of " + StepRow.number(all) + " operations, the slowest of each spot");
    }

    /** Shapes differ as well as colours. */
    private static Dot dot(Outcome outcome, double x, double y) {
        return switch (outcome) {
            case OK -> new Dot("ack", path("M%.0f %.0fh2v2h-2z", x, y));
            case INFO -> new Dot("info", path("M%.0f %.0fl4 7h-8z", x, y - 4));
            case FAIL -> new Dot("fail", path("M%.0f %.0fl3 3 3-3 1 1-3 3 3 3-1 1-3-3-3 3-1-1 3-3-3-3z", x - 3, y - 4));
        };
    }

    private static String path(String format, double x, double y) {
        return String.format(Locale.ROOT, format, x, y);
    }

    private static double y(double nanos, Layout layout) {
        double decades = Math.max(0, Math.min(DECADES, Math.log10(nanos / SHORTEST)));
        return layout.latencyBase() - decades * Layout.LATENCY / DECADES;
    }

    private static List<Mark> marks(Layout layout) {
        List<Mark> marks = new ArrayList<>();
        List<String> labels = List.of("1 ms", "10 ms", "100 ms", "1 s");
        for (int i = 0; i < labels.size(); i++) {
            int y = (int) Math.round(y(SHORTEST * Math.pow(10, i + 1.0), layout));
            marks.add(new Mark(y, y + 4, labels.get(i)));
        }
        return marks;
    }
}
