package io.statefulkit.junit;

import io.statefulkit.cluster.ClusterEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The last steps of the tests of a namespace. Thread-safe. */
final class StepLog {

    private static final int MOST = 1000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final Deque<Line> steps = new ArrayDeque<>();

    private record Line(Instant at, String who, String what) {}

    StepLog(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(String step) {
        steps.addLast(new Line(clock.instant(), "test", step));
        if (steps.size() > MOST) {
            steps.removeFirst();
        }
    }

    private synchronized List<Line> lines() {
        return List.copyOf(steps);
    }

    /** The steps and these events in one order. An event of a second comes after the steps of that second, which led to it. */
    String timeline(Collection<ClusterEvent> events) {
        return Stream.concat(
                        lines().stream(), events.stream().map(event -> new Line(event.at(), "cluster", event.text())))
                .sorted(Comparator.comparing(StepLog::order))
                .map(line ->
                        String.format(Locale.ROOT, "%s  %-7s  %s", TIME.format(line.at()), line.who(), line.what()))
                .collect(Collectors.joining(
                        "\n",
                        "times are UTC; most of the cluster are exact to the second, and sorted to its end\n",
                        "\n"));
    }

    private static Instant order(Line line) {
        return line.who().equals("cluster") && line.at().equals(line.at().truncatedTo(ChronoUnit.SECONDS))
                ? line.at().plusMillis(999)
                : line.at();
    }
}
