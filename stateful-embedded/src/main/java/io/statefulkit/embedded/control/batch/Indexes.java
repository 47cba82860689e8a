package io.statefulkit.embedded.control.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Sets of numbers as jobs write them: {@code 0-2,5}. */
final class Indexes {

    private Indexes() {}

    static NavigableSet<Integer> parse(String text) {
        NavigableSet<Integer> indexes = new TreeSet<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String[] ends = part.split("-", 2);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int index = Integer.parseInt(ends[0]); index <= last; index++) {
                indexes.add(index);
            }
        }
        return indexes;
    }

    static String format(Collection<Integer> indexes) {
        List<String> parts = new ArrayList<>();
        Integer first = null;
        Integer last = null;
        for (Integer index : new TreeSet<>(indexes)) {
            if (last != null && first != null && index == last + 1) {
                last = index;
                continue;
            }
            if (first != null && last != null) {
                parts.add(part(first, last));
            }
            first = index;
            last = index;
        }
        if (first != null && last != null) {
            parts.add(part(first, last));
        }
        return String.join(",", parts);
    }

    private static String part(int first, int last) {
        if (first == last) {
            return Integer.toString(first);
        }
        return first + (last == first + 1 ? "," : "-") + last;
    }
}
