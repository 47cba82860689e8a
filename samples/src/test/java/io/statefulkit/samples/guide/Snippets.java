package io.statefulkit.samples.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The code in a page: each block of Java follows a comment that says from which tag of which source it comes. */
record Snippets(Page page) {

    private static final Pattern MARK = Pattern.compile("<!-- code: (\\S+)#(\\S+) -->");
    private static final String FENCE = "```";

    /** The page as it should be. */
    List<String> expected() {
        List<String> lines = page.lines();
        List<String> expected = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            expected.add(lines.get(at));
            Matcher mark = MARK.matcher(lines.get(at));
            if (mark.matches()) {
                expected.add(FENCE + "java");
                expected.addAll(code(mark.group(1), mark.group(2)));
                expected.add(FENCE);
                at = endOfBlock(at + 1);
            }
        }
        return expected;
    }

    /** The numbers of the lines where Java begins that comes from nowhere. */
    List<Integer> withoutSource() {
        List<Integer> found = new ArrayList<>();
        List<String> lines = page.lines();
        for (int at = 0; at < lines.size(); at++) {
            boolean marked = at > 0 && MARK.matcher(lines.get(at - 1)).matches();
            if (lines.get(at).strip().equals(FENCE + "java") && !marked) {
                found.add(at + 1);
            }
        }
        return found;
    }

    private int endOfBlock(int start) {
        List<String> lines = page.lines();
        if (start >= lines.size() || !lines.get(start).startsWith(FENCE)) {
            return start - 1;
        }
        for (int at = start + 1; at < lines.size(); at++) {
            if (lines.get(at).equals(FENCE)) {
                return at;
            }
        }
        throw new AssertionError(page.name() + ": the block of code in line " + (start + 1) + " does not end");
    }

    /** The lines between the marks of a tag, moved to the left. */
    static List<String> code(String file, String tag) {
        List<String> source = Page.of(Page.ROOT.resolve(file)).lines();
        int start = lineWith(source, file, "// tag::" + tag + "[]");
        int end = lineWith(source, file, "// end::" + tag + "[]");
        return String.join("\n", source.subList(start + 1, end))
                .stripIndent()
                .lines()
                .toList();
    }

    private static int lineWith(List<String> source, String file, String mark) {
        for (int at = 0; at < source.size(); at++) {
            if (source.get(at).strip().equals(mark)) {
                return at;
            }
        }
        throw new AssertionError(file + " has no line '" + mark + "'");
    }
}
