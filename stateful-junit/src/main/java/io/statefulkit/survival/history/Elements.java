package io.statefulkit.survival.history;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Elements in order, each as often as it was seen, printed as intervals: {@code w0#1..416,418 w1#7}. Immutable. */
public final class Elements {

    private static final Elements NONE = new Elements(new long[0]);

    /** More writers than these find the positions of their elements more slowly. */
    private static final int WRITERS = 1024;

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

    /**
     * What a read showed of those that were attempted.
     *
     * @param shown the positions, in the order of the attempted, of those that were there
     * @param strangers those that were there and never attempted
     * @param repeated those that were there more often than attempted, each once
     */
    public record Comparison(BitSet shown, Elements strangers, Elements repeated) {}

    /** Compares these, as what was attempted, with what a read showed. One pass over both: looking up each would be most of the work of a check. */
    public Comparison compare(Elements seen) {
        BitSet shown = new BitSet(sorted.length);
        LongStream.Builder strangers = LongStream.builder();
        LongStream.Builder repeated = LongStream.builder();
        int here = 0;
        for (int there = 0; there < seen.sorted.length; ) {
            long key = seen.sorted[there];
            if (there > 0 && seen.sorted[there - 1] == key) {
                repeated.add(key);
                there++;
                continue;
            }
            while (here < sorted.length && sorted[here] < key) {
                here++;
            }
            int length = sameFrom(here, seen, there);
            int end = here + length;
            while (length > 0 && end < sorted.length && sorted[end] == sorted[end - 1]) {
                end++;
            }
            shown.set(here, end);
            here = end;
            if (length == 0) {
                strangers.add(key);
            }
            there += Math.max(length, 1);
        }
        return new Comparison(
                shown,
                new Elements(strangers.build().toArray()),
                new Elements(repeated.build().distinct().toArray()));
    }

    /** How many in a row are the same from here and from there on. */
    private int sameFrom(int here, Elements seen, int there) {
        int most = Math.min(sorted.length - here, seen.sorted.length - there);
        int length = 0;
        while (length < most && sorted[here + length] == seen.sorted[there + length]) {
            length++;
        }
        return length;
    }

    /** The elements at these positions. */
    public Elements at(BitSet positions) {
        return new Elements(positions.stream().mapToLong(i -> sorted[i]).toArray());
    }

    /**
     * The position of each of some elements in the order of all. Fast where those of one writer come in order.
     *
     * @param elements some of these, in any order
     */
    public int[] positionsOf(List<Element> elements) {
        int[] next = new int[WRITERS];
        Arrays.fill(next, -1);
        int[] positions = new int[elements.size()];
        for (int i = 0; i < positions.length; i++) {
            Element element = elements.get(i);
            long key = element.key();
            int slot = element.writer() % WRITERS;
            int guess = next[slot];
            if (guess < 0 || guess >= sorted.length || sorted[guess] != key) {
                guess = Arrays.binarySearch(sorted, key);
            }
            positions[i] = guess;
            next[slot] = guess + 1;
        }
        return positions;
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
