package io.statefulkit.survival.history;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Elements in order, each as often as it was seen, printed as intervals: {@code w0#1..416,418 w1#7}. Immutable. */
public final class Elements {

    private static final Elements NONE = new Elements(new long[0]);

    private final long[] sorted;

    private Elements(long[] sorted) {
        this.sorted = sorted;
    }

    /** No element. */
    public static Elements none() {
        return NONE;
    }

    /** These elements, repetitions kept. */
    public static Elements of(Collection<Element> elements) {
        long[] keys = elements.stream().mapToLong(Element::key).toArray();
        Arrays.sort(keys);
        return new Elements(keys);
    }

    /** These elements, repetitions kept. */
    public static Elements of(Element... elements) {
        return of(Arrays.asList(elements));
    }

    /**
     * Reads the form that {@link #toString()} prints.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    @JsonCreator
    public static Elements parse(String text) {
        return text.isBlank() ? NONE : new Elements(Intervals.parse(text.strip()));
    }

    /** How many there are, repetitions counted. */
    public int size() {
        return sorted.length;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return sorted.length == 0;
    }

    /** Whether the element is among them. */
    public boolean contains(Element element) {
        return Arrays.binarySearch(sorted, element.key()) >= 0;
    }

    /** Those that are there more than once, each once. */
    public Elements repeated() {
        return new Elements(IntStream.range(1, sorted.length)
                .filter(i -> sorted[i] == sorted[i - 1])
                .mapToLong(i -> sorted[i])
                .distinct()
                .toArray());
    }

    /** Those that the others do not contain. */
    public Elements without(Elements others) {
        BitSet shared = others.positionsIn(this);
        return new Elements(IntStream.range(0, sorted.length)
                .filter(i -> !shared.get(i))
                .mapToLong(i -> sorted[i])
                .toArray());
    }

    /** The positions, in the order of the others, of those elements that are here as well. One pass over both. */
    public BitSet positionsIn(Elements others) {
        BitSet positions = new BitSet(others.sorted.length);
        int here = 0;
        for (int there = 0; there < others.sorted.length; there++) {
            while (here < sorted.length && sorted[here] < others.sorted[there]) {
                here++;
            }
            if (here < sorted.length && sorted[here] == others.sorted[there]) {
                positions.set(there);
            }
        }
        return positions;
    }

    /** A position of the element in the order of all; negative when it is not among them. */
    public int positionOf(Element element) {
        return Arrays.binarySearch(sorted, element.key());
    }

    /** The elements in order, repetitions included. */
    public Stream<Element> stream() {
        return Arrays.stream(sorted).mapToObj(Element::ofKey);
    }

    /** The first few intervals, for a message: all of them, or some and how many elements there are. */
    public String brief(int intervals) {
        return Intervals.print(sorted, intervals);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Elements that && Arrays.equals(sorted, that.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }

    @Override
    @JsonValue
    public String toString() {
        return Intervals.print(sorted, Integer.MAX_VALUE);
    }
}
