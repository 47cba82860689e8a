package io.statefulkit.manifest.render;

import io.statefulkit.spec.job.CsvImport;
import java.util.List;
import java.util.regex.Pattern;

/** The {@code psql} that copies rows exactly once. Its standard input is the CSV text. */
public final class PostgresImport {

    /** In the middle of quoted text it ends the data, too, before version 18. */
    private static final Pattern END = Pattern.compile("(?:\\A|\n)\\\\\\.\r?(?:\n|\\z)");

    private PostgresImport() {}

    /**
     * Return the program and its arguments: one transaction that leaves the mark and copies the rows. If the mark is
     * there already, it fails on the primary key and changes nothing.
     *
     * @throws IllegalArgumentException if {@code psql} would not read the rows to their end
     */
    public static List<String> command(CsvImport rows) {
        if (END.matcher(rows.csv()).find()) {
            throw new IllegalArgumentException(
                    "the rows for %s have a line that is nothing but \\., where psql would stop".formatted(rows.table())
                            + " and leave out the rest: write it in quotes if it is a value of its own, else use other means");
        }
        return List.of(
                "psql",
                "-X",
                "-v",
                "ON_ERROR_STOP=1",
                "--single-transaction",
                "-c",
                "set client_min_messages = warning",
                "-c",
                "create table if not exists statefulkit_import(id text primary key, at timestamptz not null default"
                        + " now())",
                "-c",
                "insert into statefulkit_import(id) values ('" + mark(rows) + "')",
                "-c",
                "\\copy %s(%s) from pstdin with (format csv, encoding 'UTF8')"
                        .formatted(rows.table(), String.join(", ", rows.columns())));
    }

    /** Return the query that gives 1 if the rows are in already. */
    public static String check(CsvImport rows) {
        return "select 1 from statefulkit_import where id = '" + mark(rows) + "'";
    }

    private static String mark(CsvImport rows) {
        return "sha256:" + rows.hash();
    }
}
