package io.statefulkit.embedded.api.rule.kind;

import java.util.ArrayList;
import java.util.List;

/** Writes a diff of lines with three lines of context: the longest part that both have is the same, and so on around it. */
final class UnifiedDiff {

    private static final int CONTEXT = 3;

    private final List<String> before;
    private final List<String> after;
    private final List<Change> changes = new ArrayList<>();

    /** Lines of the first text that became lines of the second; ends are not included. */
    private record Change(int from, int to, int start, int end) {}

    private UnifiedDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    static String of(List<String> before, List<String> after) {
        UnifiedDiff diff = new UnifiedDiff(before, after);
        diff.find(new Change(0, before.size(), 0, after.size()));
        return diff.hunks();
    }

    private void find(Change area) {
        Change same = longest(area);
        if (same.from == same.to) {
            if (area.from < area.to || area.start < area.end) {
                changes.add(area);
            }
            return;
        }
        find(new Change(area.from, same.from, area.start, same.start));
        find(new Change(same.to, area.to, same.end, area.end));
    }

    private Change longest(Change area) {
        Change best = new Change(area.from, area.from, area.start, area.start);
        for (int i = area.from; i < area.to; i++) {
            for (int j = area.start; j < area.end; j++) {
                int length = 0;
                while (i + length < area.to
                        && j + length < area.end
                        && before.get(i + length).equals(after.get(j + length))) {
                    length++;
                }
                if (length > best.to - best.from) {
                    best = new Change(i, i + length, j, j + length);
                }
            }
        }
        return best;
    }

    private String hunks() {
        StringBuilder text = new StringBuilder();
        List<Change> hunk = new ArrayList<>();
        for (Change change : changes) {
            if (!hunk.isEmpty() && change.from - hunk.get(hunk.size() - 1).to > 2 * CONTEXT) {
                write(hunk, text);
                hunk.clear();
            }
            hunk.add(change);
        }
        if (!hunk.isEmpty()) {
            write(hunk, text);
        }
        return text.toString();
    }

    private void write(List<Change> hunk, StringBuilder text) {
        Change first = hunk.get(0);
        Change last = hunk.get(hunk.size() - 1);
        int lead = Math.min(CONTEXT, first.from);
        int tail = Math.min(CONTEXT, before.size() - last.to);
        text.append("@@ -").append(range(first.from - lead, last.to + tail));
        text.append(" +").append(range(first.start - lead, last.end + tail)).append(" @@\n");
        int done = first.from - lead;
        for (Change change : hunk) {
            lines(" ", before.subList(done, change.from), text);
            lines("-", before.subList(change.from, change.to), text);
            lines("+", after.subList(change.start, change.end), text);
            done = change.to;
        }
        lines(" ", before.subList(done, last.to + tail), text);
    }

    /** The length is left out when it is one. */
    private static String range(int from, int to) {
        return to - from == 1 ? String.valueOf(from + 1) : (to == from ? from : from + 1) + "," + (to - from);
    }

    private static void lines(String mark, List<String> lines, StringBuilder text) {
        lines.forEach(line -> text.append(mark).append(line).append('\n'));
    }
}
