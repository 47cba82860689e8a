package io.statefulkit.survival.verdict;

import static java.util.stream.Collectors.toMap;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Outcome;
import io.statefulkit.survival.history.Reading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Classifies every element of a history by what the reads showed of it. Pure. */
public final class Checker {

    private final History history;
    private final Elements attempted;
    private final Map<Element, Attempt> deletes;
    private final Cuts cuts;
    private final Map<ElementClass, List<Element>> classes = new EnumMap<>(ElementClass.class);

    private Checker(History history) {
        this.history = history;
        this.attempted =
                Elements.of(history.writes().stream().map(Attempt::element).toList());
        this.cuts = Cuts.of(history);
        this.deletes = history.deletes().stream()
                .filter(delete -> delete.outcome() != Outcome.FAIL)
                .collect(toMap(Attempt::element, delete -> delete, (first, second) -> first));
    }

    /** Classifies every element of the history. */
    public static Findings check(History history) {
        return new Checker(history).check();
    }

    private Findings check() {
        List<View> views = history.readings().stream()
                .map(reading -> View.of(reading, attempted))
                .toList();
        for (Attempt write : history.writes()) {
            int position = attempted.positionOf(write.element());
            classify(write, Sight.of(write, position, deletes.get(write.element()), views));
        }
        add(ElementClass.UNEXPECTED, unexpected());
        add(ElementClass.DUPLICATED, inAnyReading(reading -> reading.present().repeated()));
        add(ElementClass.TOO_NEW, cuts.tooNew());
        add(ElementClass.CORRUPTED, inAnyReading(Reading::damaged));
        Map<ElementClass, Elements> found =
                classes.entrySet().stream().collect(toMap(Map.Entry::getKey, entry -> Elements.of(entry.getValue())));
        int foreign =
                history.readings().stream().mapToInt(Reading::foreign).max().orElse(0);
        return new Findings(
                found, LossShape.holes(history, found.getOrDefault(ElementClass.LOST, Elements.none())), foreign);
    }

    private void classify(Attempt write, Sight sight) {
        Element element = write.element();
        if (write.outcome() == Outcome.FAIL) {
            add(ElementClass.PHANTOM, sight.wasPresent(), element);
            return;
        }
        if (cuts.givenUp().contains(element)) {
            add(sight.lastAbsent() > sight.lastPresent() ? ElementClass.GIVEN_UP : ElementClass.OK, true, element);
            return;
        }
        add(ElementClass.RESURRECTED, sight.presentAfterDelete(), element);
        add(ElementClass.FLUTTER, sight.flutters(), element);
        if (!sight.isKnown()) {
            // A write that nobody answered and no read began after tells as little as one that was never tried.
            add(ElementClass.VANISHED, true, element);
        } else if (sight.lastAbsent() > sight.lastPresent()) {
            add(ElementClass.LOST, true, element);
        } else if (sight.wasPresent() || sight.isAccountedFor()) {
            add(write.isAcknowledged() ? ElementClass.OK : ElementClass.RECOVERED, true, element);
            add(ElementClass.STALE, sight.lastAbsent() >= 0, element);
        } else {
            add(ElementClass.NEVER_READ, true, element);
        }
    }

    private List<Element> unexpected() {
        return inAnyReading(reading -> reading.present().without(attempted));
    }

    private List<Element> inAnyReading(Function<Reading, Elements> some) {
        return history.readings().stream()
                .flatMap(reading -> some.apply(reading).stream())
                .distinct()
                .toList();
    }

    private void add(ElementClass elementClass, boolean applies, Element element) {
        if (applies) {
            classes.computeIfAbsent(elementClass, key -> new ArrayList<>()).add(element);
        }
    }

    private void add(ElementClass elementClass, List<Element> elements) {
        elements.forEach(element -> add(elementClass, true, element));
    }
}
