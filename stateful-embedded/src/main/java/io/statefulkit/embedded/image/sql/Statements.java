package io.statefulkit.embedded.image.sql;

import java.util.ArrayList;
import java.util.List;

/** Splits a script at the semicolons that end statements, not those in texts, names, comments and dollar quotes. */
final class Statements {

    private final String script;
    private final List<String> found = new ArrayList<>();
    private int start;
    private int position;

    private Statements(String script) {
        this.script = script;
    }

    static List<String> split(String script) {
        Statements statements = new Statements(script);
        statements.run();
        return statements.found;
    }

    private void run() {
        while (position < script.length()) {
            char c = script.charAt(position);
            if (c == ';') {
                finish(position);
                position++;
                start = position;
            } else if (c == '\'' || c == '"') {
                skipTo(String.valueOf(c), position + 1);
            } else if (script.startsWith("--", position)) {
                skipTo("\n", position + 2);
            } else if (script.startsWith("/*", position)) {
                skipTo("*/", position + 2);
            } else if (c == '$') {
                dollar();
            } else {
                position++;
            }
        }
        finish(script.length());
    }

    /** Doubled quotes need no care: they end one text and begin the next. */
    private void skipTo(String end, int from) {
        int at = script.indexOf(end, from);
        position = at < 0 ? script.length() : at + end.length();
    }

    private void dollar() {
        int end = script.indexOf('$', position + 1);
        String tag = end < 0 ? "" : script.substring(position, end + 1);
        if (tag.matches("\\$([A-Za-z_][A-Za-z_0-9]*)?\\$")) {
            skipTo(tag, end + 1);
        } else {
            position++;
        }
    }

    private void finish(int end) {
        String statement = script.substring(start, end).strip();
        if (!statement.isEmpty()) {
            found.add(statement);
        }
    }
}
