package io.statefulkit.survival.history;

import java.util.stream.LongStream;

/** The text form of a sorted list of elements: runs of consecutive numbers are written once. */
final class Intervals {

    private Intervals() {}

    static String print(long[] sorted, int limit) {
        StringBuilder text = new StringBuilder();
        int intervals = 0;
        int writer = -1;
        for (int from = 0; from < sorted.length; intervals++) {
            if (intervals == limit) {
                return text + " … " + sorted.length + " in all";
            }
            int to = from;
            while (to + 1 < sorted.length && sorted[to + 1] == sorted[to] + 1) {
                to++;
            }
            Element first = Element.ofKey(sorted[from]);
            text.append(first.writer() == writer ? "," : (writer < 0 ? "w" : " w") + first.writer() + "#");
            text.append(first.seq());
            if (to > from) {
                text.append("..").append(Element.ofKey(sorted[to]).seq());
            }
            writer = first.writer();
            from = to + 1;
        }
        return text.toString();
    }

    static long[] parse(String text) {
        LongStream.Builder keys = LongStream.builder();
        for (String group : text.split("\\s+", -1)) {
            int hash = group.indexOf('#');
            if (hash < 2 || group.charAt(0) != 'w') {
                throw new IllegalArgumentException("expected elements like w0#1..416,418 w1#7, got '" + group + "'");
            }
            int writer = Integer.parseInt(group.substring(1, hash));
            for (String interval : group.substring(hash + 1).split(",", -1)) {
                int dots = interval.indexOf("..");
                int from = Integer.parseInt(dots < 0 ? interval : interval.substring(0, dots));
                int to = dots < 0 ? from : Integer.parseInt(interval.substring(dots + 2));
                for (long seq = from; seq <= to; seq++) {
                    keys.add(new Element(writer, (int) seq).key());
                }
            }
        }
        return keys.build().sorted().toArray();
    }
}
