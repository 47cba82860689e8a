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

    private void compare() {
        int[][] common = common();
        int b = 0;
        int a = 0;
        while (b < before.size() || a < after.size()) {
            boolean left = b < before.size();
            boolean right = a < after.size();
            if (left && right && before.get(b).equals(after.get(a))) {
                lines.add(new Line(' ', before.get(b), b++, a++));
            } else if (left && (!right || common[b + 1][a] >= common[b][a + 1])) {
                lines.add(new Line('-', before.get(b), b++, a));
            } else {
                lines.add(new Line('+', after.get(a), b, a++));
            }
        }
    }

    /** Return how many lines the rests of both texts have in common. */
    private int[][] common() {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int b = before.size() - 1; b >= 0; b--) {
            for (int a = after.size() - 1; a >= 0; a--) {
                common[b][a] = before.get(b).equals(after.get(a))
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
