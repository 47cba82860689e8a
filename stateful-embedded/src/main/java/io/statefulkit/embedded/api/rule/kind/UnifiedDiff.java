package io.statefulkit.embedded.api.rule.kind;

import java.util.ArrayList;
import java.util.List;

/** Writes a diff of lines with three lines of context, as one hunk around all that differs. */
final class UnifiedDiff {

    private static final int CONTEXT = 3;

    private UnifiedDiff() {}

    static String of(List<String> before, List<String> after) {
        int same = 0;
        while (same < Math.min(before.size(), after.size()) && before.get(same).equals(after.get(same))) {
            same++;
        }
        int tail = 0;
        while (tail < Math.min(before.size(), after.size()) - same
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        int start = Math.max(0, same - CONTEXT);
        int endBefore = Math.min(before.size(), before.size() - tail + CONTEXT);
        int endAfter = Math.min(after.size(), after.size() - tail + CONTEXT);
        List<String> lines = new ArrayList<>();
        lines.add("@@ -" + (start + 1) + "," + (endBefore - start) + " +" + (start + 1) + "," + (endAfter - start)
                + " @@");
        before.subList(start, same).forEach(line -> lines.add(" " + line));
        before.subList(same, before.size() - tail).forEach(line -> lines.add("-" + line));
        after.subList(same, after.size() - tail).forEach(line -> lines.add("+" + line));
        before.subList(before.size() - tail, endBefore).forEach(line -> lines.add(" " + line));
        return String.join("\n", lines) + "\n";
    }
}
