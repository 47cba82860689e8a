package io.statefulkit.survival.report;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.History;
import java.util.ArrayList;
import java.util.List;

/** How many operations ended how in each second: the picture for those who do not see it. */
final class Paces {

    private static final int MOST = 300;
    private static final long SECOND = 1_000_000_000L;

    private Paces() {}

    static List<Page.Pace> of(History history) {
        long end = history.writes().stream()
                .mapToLong(write -> write.ended().nanos())
                .filter(at -> at != Long.MAX_VALUE)
                .max()
                .orElse(0);
        long seconds = 1 + end / SECOND / MOST;
        int rows = (int) (end / SECOND / seconds) + 1;
        long[] acknowledged = new long[rows];
        long[] unanswered = new long[rows];
        long[] refused = new long[rows];
        for (Attempt write : history.writes()) {
            if (write.ended().nanos() <= end) {
                long[] counts = switch (write.outcome()) {
                    case OK -> acknowledged;
                    case INFO -> unanswered;
                    case FAIL -> refused;
                };
                counts[(int) (write.ended().nanos() / SECOND / seconds)]++;
            }
        }
        List<Page.Pace> paces = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            paces.add(new Page.Pace(
                    i * seconds + " s",
                    StepRow.number(acknowledged[i]),
                    StepRow.number(unanswered[i]),
                    StepRow.number(refused[i])));
        }
        return paces;
    }
}
