package io.statefulkit.survival.testing;

import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.Event;
import io.statefulkit.survival.history.Event.Action;
import io.statefulkit.survival.history.Event.Stage;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Moment;
import io.statefulkit.survival.history.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tells a history in a few words. Each event comes a millisecond after the one before. */
public final class Story {

    private final List<Event> events = new ArrayList<>();
    private final Map<String, Long> open = new HashMap<>();
    private String server = "A";
    private long nanos;

    /** From here on another server answers. */
    public Story server(String name) {
        server = name;
        return this;
    }

    public Story pause(Duration time) {
        nanos += time.toNanos();
        return this;
    }

    public Story ok(String... elements) {
        return each(elements, Outcome.OK);
    }

    public Story fail(String... elements) {
        return each(elements, Outcome.FAIL);
    }

    public Story info(String... elements) {
        return each(elements, Outcome.INFO);
    }

    /** Acknowledged rows of writer 0, from 1 to this number or from where the last call ended. */
    public Story many(int from, int to) {
        for (int seq = from; seq <= to; seq++) {
            ok("w0#" + seq);
        }
        return this;
    }

    private Story each(String[] elements, Outcome outcome) {
        for (String element : elements) {
            begin(element).end(element, outcome);
        }
        return this;
    }

    public Story begin(String element) {
        open.put(element, add(new Event.Begun(next(), Action.WRITE, Element.parse(element))));
        return this;
    }

    public Story end(String element, Outcome outcome) {
        add(new Event.Ended(next(), Objects.requireNonNull(open.get(element)), outcome, server, ""));
        return this;
    }

    public Story delete(String element, Outcome outcome) {
        long begun = add(new Event.Begun(next(), Action.DELETE, Element.parse(element)));
        add(new Event.Ended(next(), begun, outcome, server, ""));
        return this;
    }

    public Story read(String present) {
        return read(present, "", 0);
    }

    public Story read(String present, String damaged, int foreign) {
        return beginRead().endRead(present, damaged, foreign);
    }

    public Story beginRead() {
        open.put("read", add(new Event.ReadBegun(next())));
        return this;
    }

    public Story endRead(String present, String damaged, int foreign) {
        add(new Event.ReadEnded(
                next(),
                Objects.requireNonNull(open.get("read")),
                server,
                Elements.parse(present),
                Elements.parse(damaged),
                foreign));
        return this;
    }

    public Story injected(String disruption) {
        add(new Event.Marked(next(), Stage.INJECTED, disruption));
        return this;
    }

    public Story phase(Stage stage) {
        add(new Event.Marked(next(), stage, "restore"));
        return this;
    }

    public Story recovered(String disruption) {
        add(new Event.Marked(next(), Stage.RECOVERED, disruption));
        return this;
    }

    public History history() {
        return History.of(events);
    }

    private Moment next() {
        nanos += 1_000_000;
        return new Moment(events.size(), nanos);
    }

    private long add(Event event) {
        events.add(event);
        return event.at().index();
    }
}
