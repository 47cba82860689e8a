package io.statefulkit.handle.backup;

import io.statefulkit.handle.client.PostgresClient;
import io.statefulkit.handle.client.PostgresWrites;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a dump says of the database itself.
 *
 * @param name its name, as the script of the dump writes it
 * @param options with what it was created: encoding, collation; empty when the dump does not say it
 * @param statements what was said about it: its owner, settings, rights, comment
 */
record DumpedDatabase(String name, String options, List<String> statements) {

    private static final Pattern CREATE = Pattern.compile("(?s)CREATE DATABASE (" + SqlStatements.NAME + ") (WITH .*)");
    private static final Pattern ABOUT_IT =
            Pattern.compile("(?s)(ALTER DATABASE|ALTER ROLE|COMMENT ON DATABASE|GRANT|REVOKE|SECURITY LABEL|SET SESSION"
                    + " AUTHORIZATION|RESET SESSION AUTHORIZATION)\\b.*");

    /** What a text has that was written in another encoding than UTF-8. */
    private static final String UNREADABLE = "\uFFFD";

    static DumpedDatabase of(String script) {
        List<String> all = SqlStatements.of(script);
        Optional<Matcher> create =
                all.stream().map(CREATE::matcher).filter(Matcher::matches).findFirst();
        return create.map(found -> new DumpedDatabase(
                        found.group(1),
                        found.group(2),
                        all.stream()
                                .filter(one -> ABOUT_IT.matcher(one).matches())
                                .toList()))
                .orElseGet(() -> new DumpedDatabase("", "", List.of()));
    }

    /** Returns how another database is told the same. What an upgrade had changed for a while, while the dump was made, is left out. */
    List<String> saidOf(String database) {
        boolean upgrading = statements.stream().anyMatch(one -> sets(one, "\"" + PostgresWrites.MARK + "\""));
        return statements.stream()
                .filter(one -> !one.contains(UNREADABLE))
                .filter(one -> !sets(one, "\"" + PostgresWrites.MARK + "\""))
                .filter(one -> !upgrading || !sets(one, "default_transaction_read_only"))
                .map(one -> one.replaceFirst(
                        Pattern.quote("DATABASE " + name),
                        Matcher.quoteReplacement("DATABASE " + PostgresClient.quoted(database))))
                .toList();
    }

    private boolean sets(String statement, String setting) {
        return statement.startsWith("ALTER DATABASE " + name + " SET " + setting + " ");
    }

    /** Returns how many statements cannot be read, since they have letters beyond ASCII in the encoding of the database. */
    long unreadable() {
        return statements.stream().filter(one -> one.contains(UNREADABLE)).count();
    }
}
