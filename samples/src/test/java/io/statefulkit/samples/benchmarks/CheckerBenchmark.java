package io.statefulkit.samples.benchmarks;

import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.Event;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Moment;
import io.statefulkit.survival.history.Outcome;
import io.statefulkit.survival.verdict.Checker;
import io.statefulkit.survival.verdict.ElementClass;
import io.statefulkit.survival.verdict.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Checks a history of a million operations, ten reads among them, with a few rows lost. */
final class CheckerBenchmark implements Benchmark {

    private static final int OPERATIONS = 1_000_000;
    private static final int WRITERS = 8;
    private static final int READS = 10;
    private static final int LOST = 7;

    @Override
    public String name() {
        return "checker";
    }

    @Override
    public List<Figure> run() throws Exception {
        History history = History.of(events());
        double before = Samples.usedMegabytes();
        double millis = Samples.medianMillis(1, 3, () -> checked(history));
        double after = Samples.usedMegabytes();
        return List.of(
                new Figure(
                        "checker: 1,000,000 operations, s",
                        String.format(Locale.ROOT, "%.2f s", millis / 1_000),
                        "—",
                        millis / 1_000,
                        Limit.atMost(2)),
                new Figure(
                        "heap with that history, MB",
                        String.format(Locale.ROOT, "%.0f", after),
                        String.format(Locale.ROOT, "%.0f (history alone)", before),
                        after,
                        Limit.atMost(500)));
    }

    private static Findings checked(History history) {
        Findings findings = Checker.check(history);
        if (findings.count(ElementClass.LOST) != LOST) {
            throw new IllegalStateException("the checker found " + findings.count(ElementClass.LOST) + " lost rows");
        }
        return findings;
    }

    private static List<Event> events() {
        List<Event> events = new ArrayList<>();
        List<Element> written = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i++) {
            Element element = new Element(i % WRITERS, i / WRITERS + 1);
            written.add(element);
            events.add(new Event.Begun(now(events), Event.Action.WRITE, element));
            events.add(new Event.Ended(now(events), events.size() - 1, Outcome.OK, "A", ""));
            if ((i + 1) % (OPERATIONS / READS) == 0) {
                boolean last = i + 1 == OPERATIONS;
                events.add(new Event.ReadBegun(now(events)));
                Elements present = Elements.of(last ? written.subList(LOST, written.size()) : written);
                events.add(new Event.ReadEnded(now(events), events.size() - 1, "A", present, Elements.none(), 0));
            }
        }
        return events;
    }

    /** An event a millisecond. */
    private static Moment now(List<Event> events) {
        return new Moment(events.size(), events.size() * 1_000_000L);
    }
}
