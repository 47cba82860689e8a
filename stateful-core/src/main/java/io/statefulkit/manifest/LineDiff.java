package io.statefulkit.manifest;

import java.util.ArrayList;
import java.util.List;

/** The difference between two texts, line by line, in the unified format. */
final class LineDiff {

    private static final int CONTEXT = 3;

    private final List<String> before;
    private final List<String> after;
    private final List<Line> lines = new ArrayList<>();

    /** A line: kept ({@code ' '}), gone ({@code '-'}) or new ({@code '+'}), and how many lines are before it in each text. */
    private record Line(char sign, String text, int before, int after) {}

    private LineDiff(String before, String after) {
        this.before = before.lines().toList();
        this.after = after.lines().toList();
    }

    /** Return what changed, with three lines around each change; nothing if the texts are equal. */
    static String of(String before, String after) {
        LineDiff diff = new LineDiff(before, after);
        diff.compare();
        return diff.text();
    }

    /** What both texts begin and end with is left alone: the table below grows with the product of both lengths. */
    private void compare() {
        int head = sameAtStart();
        int tail = sameAtEnd(head);
        for (int i = 0; i < head; i++) {
            lines.add(new Line(' ', before.get(i), i, i));
        }
        compareMiddle(head, before.size() - tail, after.size() - tail);
        for (int i = tail; i > 0; i--) {
            int at = before.size() - i;
            lines.add(new Line(' ', before.get(at), at, after.size() - i));
        }
    }

    private int sameAtStart() {
        int same = 0;
        while (same < before.size() && same < after.size() && before.get(same).equals(after.get(same))) {
            same++;
        }
        return same;
    }

    private int sameAtEnd(int head) {
        int same = 0;
        while (same < before.size() - head
                && same < after.size() - head
                && before.get(before.size() - 1 - same).equals(after.get(after.size() - 1 - same))) {
            same++;
        }
        return same;
    }

    private void compareMiddle(int head, int endBefore, int endAfter) {
        int[][] common = common(head, endBefore, endAfter);
        int b = head;
        int a = head;
        while (b < endBefore || a < endAfter) {
            boolean left = b < endBefore;
            boolean right = a < endAfter;
            if (left && right && before.get(b).equals(after.get(a))) {
                lines.add(new Line(' ', before.get(b), b++, a++));
            } else if (left && (!right || common[b - head + 1][a - head] >= common[b - head][a - head + 1])) {
                lines.add(new Line('-', before.get(b), b++, a));
            } else {
                lines.add(new Line('+', after.get(a), b, a++));
            }
        }
    }

    /** Return how many lines the rests of both parts have in common. */
    private int[][] common(int head, int endBefore, int endAfter) {
        int[][] common = new int[endBefore - head + 1][endAfter - head + 1];
        for (int b = endBefore - head - 1; b >= 0; b--) {
            for (int a = endAfter - head - 1; a >= 0; a--) {
                common[b][a] = before.get(head + b).equals(after.get(head + a))
                        ? common[b + 1][a + 1] + 1
                        : Math.max(common[b + 1][a], common[b][a + 1]);
            }
        }
        return common;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int next = 0;
        while (next < lines.size()) {
            if (lines.get(next).sign() == ' ') {
                next++;
                continue;
            }
            int end = end(next);
            hunk(lines.subList(Math.max(0, next - CONTEXT), Math.min(lines.size(), end + CONTEXT)), text);
            next = end;
        }
        return text.toString();
    }

    /** Return the end of the change at {@code start}, taking in further changes whose surroundings overlap. */
    private int end(int start) {
        int end = start;
        for (int i = start; i < lines.size() && i <= end + 2 * CONTEXT; i++) {
            if (lines.get(i).sign() != ' ') {
                end = i + 1;
            }
        }
        return end;
    }

    private static void hunk(List<Line> hunk, StringBuilder text) {
        long old = hunk.stream().filter(line -> line.sign() != '+').count();
        long young = hunk.stream().filter(line -> line.sign() != '-').count();
        Line first = hunk.get(0);
        text.append("@@ -%d,%d +%d,%d @@\n"
                .formatted(first.before() + (old == 0 ? 0 : 1), old, first.after() + (young == 0 ? 0 : 1), young));
        hunk.forEach(line -> text.append(line.sign()).append(line.text()).append('\n'));
    }
}
