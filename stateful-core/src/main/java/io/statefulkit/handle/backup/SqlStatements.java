package io.statefulkit.handle.backup;

import java.util.ArrayList;
import java.util.List;

/**
 * The statements of a script that {@code pg_dump} or {@code pg_dumpall} has written, which have no quotes of dollars; its comments
 * and the commands of {@code psql} are left out.
 */
final class SqlStatements {

    /** How names are written in such scripts. */
    static final String NAME = "\"(?:[^\"]|\"\")+\"|[a-z_][a-z0-9_$]*";

    private final String script;
    private final List<String> statements = new ArrayList<>();
    private final StringBuilder statement = new StringBuilder();

    private SqlStatements(String script) {
        this.script = script;
    }

    static List<String> of(String script) {
        return new SqlStatements(script).split();
    }

    /** Returns a name without its quotes. */
    static String plain(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    private List<String> split() {
        int at = 0;
        while (at < script.length()) {
            at = next(at);
        }
        return List.copyOf(statements);
    }

    /** Takes what begins here, and returns where the next thing does. */
    private int next(int at) {
        char c = script.charAt(at);
        if (script.startsWith("--", at) || (c == '\\' && statement.toString().isBlank())) {
            return endOfLine(at);
        }
        if (c == '\'' || c == '"') {
            int end = endOfQuote(at);
            statement.append(script, at, end);
            return end;
        }
        if (c == ';') {
            statements.add(statement.toString().strip());
            statement.setLength(0);
        } else {
            statement.append(c);
        }
        return at + 1;
    }

    private int endOfLine(int at) {
        int end = script.indexOf('\n', at);
        return end < 0 ? script.length() : end;
    }

    /** A quote that is doubled begins another text right behind, which comes to the same. */
    private int endOfQuote(int at) {
        char quote = script.charAt(at);
        boolean escapes = quote == '\'' && statement.toString().matches("(?s).*\\bE");
        int end = at + 1;
        while (end < script.length() && script.charAt(end) != quote) {
            end += escapes && script.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, script.length());
    }
}
