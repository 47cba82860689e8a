package io.statefulkit.survival.verdict;

import static java.util.stream.Collectors.toMap;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Outcome;
import io.statefulkit.survival.history.Reading;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Classifies every element of a history by what the reads showed of it. Pure. */
public final class Checker {

    private final History history;
    private final List<Element> writes;
    private final Elements attempted;
    private final Map<Element, Attempt> deletes;
    private final Cuts cuts;
    private final Map<ElementClass, BitSet> classes = new EnumMap<>(ElementClass.class);

    private Checker(History history) {
        this.history = history;
        this.writes = history.writes().stream().map(Attempt::element).toList();
        this.attempted = Elements.of(writes);
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
                .sorted(Comparator.comparingLong(View::begun))
                .toList();
        int[] positions = attempted.positionsOf(writes);
        for (int i = 0; i < positions.length; i++) {
            Attempt write = history.writes().get(i);
            classify(write, positions[i], Sight.of(write, positions[i], deleteOf(write), views));
        }
        Map<ElementClass, Elements> found = new EnumMap<>(ElementClass.class);
        classes.forEach((elementClass, marked) -> found.put(elementClass, attempted.at(marked)));
        found.put(
                ElementClass.UNEXPECTED,
                any(views.stream().map(view -> view.seen().strangers())));
        found.put(
                ElementClass.DUPLICATED,
                any(views.stream().map(view -> view.seen().repeated())));
        found.put(ElementClass.TOO_NEW, Elements.of(cuts.tooNew()));
        found.put(ElementClass.CORRUPTED, any(history.readings().stream().map(Reading::damaged)));
        found.values().removeIf(Elements::isEmpty);
        int foreign =
                history.readings().stream().mapToInt(Reading::foreign).max().orElse(0);
        return new Findings(
                found, LossShape.holes(history, found.getOrDefault(ElementClass.LOST, Elements.none())), foreign);
    }

    private @Nullable Attempt deleteOf(Attempt write) {
        return deletes.isEmpty() ? null : deletes.get(write.element());
    }

    private void classify(Attempt write, int position, Sight sight) {
        if (write.outcome() == Outcome.FAIL) {
            mark(ElementClass.PHANTOM, sight.wasPresent(), position);
            return;
        }
        if (!cuts.givenUp().isEmpty() && cuts.givenUp().contains(write.element())) {
            mark(sight.lastAbsent() > sight.lastPresent() ? ElementClass.GIVEN_UP : ElementClass.OK, true, position);
            return;
        }
        mark(ElementClass.RESURRECTED, sight.presentAfterDelete(), position);
        mark(ElementClass.FLUTTER, sight.flutters(), position);
        if (!sight.isKnown()) {
            // A write that nobody answered and no read began after tells as little as one that was never tried.
            mark(ElementClass.VANISHED, true, position);
        } else if (sight.lastAbsent() > sight.lastPresent()) {
            mark(ElementClass.LOST, true, position);
        } else if (sight.wasPresent() || sight.isAccountedFor()) {
            mark(write.isAcknowledged() ? ElementClass.OK : ElementClass.RECOVERED, true, position);
            mark(ElementClass.STALE, sight.lastAbsent() >= 0, position);
        } else {
            mark(ElementClass.NEVER_READ, true, position);
        }
    }

    private void mark(ElementClass elementClass, boolean applies, int position) {
        if (applies) {
            classes.computeIfAbsent(elementClass, key -> new BitSet(attempted.size()))
                    .set(position);
        }
    }

    /** Those that are in any of these, each once. */
    private static Elements any(Stream<Elements> some) {
        return Elements.of(some.flatMap(Elements::stream).distinct().toList());
    }
}
