package io.statefulkit.survival.verdict;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Moment;
import io.statefulkit.survival.history.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The history of one list that is only appended to. Unlike rows it shows the order in which a database applied what it acknowledged. Pure.
 *
 * @param appends what was appended
 * @param reads what was read, in the order in which the reads began
 */
public record AppendLedger(List<Attempt> appends, List<Read> reads) {

    /** Copies the lists. */
    public AppendLedger {
        appends = List.copyOf(appends);
        reads = List.copyOf(reads);
    }

    /**
     * One read of the whole list.
     *
     * @param begun when it was asked for
     * @param ended when the answer came
     * @param values what it said, in order
     */
    public record Read(Moment begun, Moment ended, List<Element> values) {

        /** Copies the list. */
        public Read {
            values = List.copyOf(values);
        }
    }

    /** Every read that cannot be explained. */
    public List<Breach> check() {
        Map<Element, Attempt> byElement = new HashMap<>();
        appends.forEach(append -> byElement.put(append.element(), append));
        List<Breach> breaches = new ArrayList<>();
        for (Read read : reads) {
            content(read, byElement, breaches);
            missing(read, breaches);
            order(read, byElement, breaches);
            prefix(read, breaches);
        }
        return breaches;
    }

    private static void content(Read read, Map<Element, Attempt> appends, List<Breach> breaches) {
        Set<Element> seen = new HashSet<>();
        for (Element element : read.values()) {
            Attempt append = appends.get(element);
            if (append == null) {
                breaches.add(new Breach(Law.ATTEMPTED, read.begun(), element.toString()));
            } else if (append.outcome() == Outcome.FAIL) {
                breaches.add(new Breach(Law.REFUSED, read.begun(), element.toString()));
            }
            if (!seen.add(element)) {
                breaches.add(new Breach(Law.ONCE, read.begun(), element.toString()));
            }
        }
    }

    private void missing(Read read, List<Breach> breaches) {
        Set<Element> present = new HashSet<>(read.values());
        Set<Element> expected = new HashSet<>();
        appends.stream()
                .filter(append -> append.isAcknowledged() && append.ended().isBefore(read.begun()))
                .forEach(append -> expected.add(append.element()));
        reads.stream()
                .filter(earlier -> earlier.ended().isBefore(read.begun()))
                .forEach(earlier -> expected.addAll(earlier.values()));
        expected.stream()
                .filter(element -> !present.contains(element))
                .sorted()
                .forEach(element -> breaches.add(new Breach(Law.KEPT, read.begun(), element.toString())));
    }

    /** Of two neighbours the second must not have been acknowledged before the first began: that suffices to find a wrong order. */
    private static void order(Read read, Map<Element, Attempt> appends, List<Breach> breaches) {
        Moment latestBegin = null;
        Element latest = null;
        for (Element element : read.values()) {
            Attempt append = appends.get(element);
            if (append == null) {
                continue;
            }
            if (latestBegin != null && append.isAcknowledged() && append.ended().isBefore(latestBegin)) {
                breaches.add(new Breach(Law.ORDER, read.begun(), element + " after " + latest));
            }
            if (latestBegin == null || latestBegin.isBefore(append.begun())) {
                latestBegin = append.begun();
                latest = element;
            }
        }
    }

    private void prefix(Read read, List<Breach> breaches) {
        List<Element> longest = reads.stream()
                .map(Read::values)
                .reduce(List.of(), (one, other) -> other.size() > one.size() ? other : one);
        for (int i = 0; i < read.values().size(); i++) {
            if (!read.values().get(i).equals(longest.get(i))) {
                breaches.add(new Breach(
                        Law.PREFIX,
                        read.begun(),
                        read.values().get(i) + " at " + i + ", where another read shows " + longest.get(i)));
                return;
            }
        }
    }
}
