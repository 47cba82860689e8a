package io.statefulkit.manifest.render;

import io.statefulkit.internal.Checks;
import io.statefulkit.spec.job.CsvImport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * How rows get into a table exactly once: the transaction that copies them first inserts a marker whose primary key is
 * the hash of the data. A retry finds the marker and is done.
 *
 * @param command what the job runs
 * @param main name of the file that the command reads
 * @param files what the ConfigMap holds
 */
record ImportScript(String command, String main, Map<String, String> files) {

    /** As PostgreSQL reads it: an empty value without quotes is null, one in quotes is not. */
    private static final CSVFormat WITH_NULLS = CSVFormat.RFC4180
            .builder()
            .setNullString("")
            .setQuoteMode(QuoteMode.ALL_NON_NULL)
            .get();

    static ImportScript of(Engine engine, CsvImport rows) {
        Checks.notBlank(rows.csv(), "rows of the import into " + rows.table());
        if (rows.columns().isEmpty()) {
            throw new IllegalArgumentException("the import into %s must name its columns".formatted(rows.table()));
        }
        if (rows.large()) {
            throw new IllegalArgumentException(
                    "the rows for %s are more than the %d bytes that fit into a ConfigMap: send them through standard input"
                            .formatted(rows.table(), CsvImport.MAX_CONFIG_MAP_BYTES));
        }
        if (engine instanceof PostgresEngine) {
            return postgres(rows);
        }
        if (engine instanceof MySqlEngine) {
            return mysql(rows);
        }
        throw new IllegalArgumentException("rows can only be imported into a server that speaks SQL");
    }

    private static ImportScript postgres(CsvImport rows) {
        StringJoiner command = new StringJoiner(" ");
        PostgresImport.command(rows).forEach(word -> command.add(quoted(word)));
        String script = "if [ \"$(psql -XAt -c %s 2>/dev/null)\" = 1 ]; then echo 'already imported'; exit 0; fi\n"
                        .formatted(quoted(PostgresImport.check(rows)))
                + "exec " + command + " <\"$STATEFULKIT_SQL\"";
        return new ImportScript(script, "rows.csv", Map.of("rows.csv", rows.csv()));
    }

    private static ImportScript mysql(CsvImport rows) {
        String mark = "sha256:" + rows.hash();
        String check = "if [ \"$(\"$@\" -N -e \"select 1 from statefulkit_import where id='" + mark
                + "'\" 2>/dev/null)\" = 1 ]; then echo 'already imported'; exit 0; fi\n";
        StringBuilder sql = new StringBuilder(
                "create table if not exists statefulkit_import(id varchar(80) primary key, at timestamp default"
                        + " current_timestamp);\n"
                        + "start transaction;\n"
                        + "insert into statefulkit_import(id)"
                        + " values ('" + mark + "');\n");
        for (CSVRecord row : parse(rows.csv())) {
            StringJoiner values = new StringJoiner(", ", "(", ")");
            row.forEach(value -> values.add(literal(value)));
            sql.append("insert into %s(%s) values %s;\n"
                    .formatted(rows.table(), String.join(", ", rows.columns()), values));
        }
        sql.append("commit;\n");
        return new ImportScript(
                ClientKit.MYSQL_CLIENT + check + "exec \"$@\" <\"$STATEFULKIT_SQL\"",
                "import.sql",
                Map.of("import.sql", sql.toString()));
    }

    private static List<CSVRecord> parse(String csv) {
        try (CSVParser parser = CSVParser.parse(csv, WITH_NULLS)) {
            return parser.getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String literal(@Nullable String value) {
        return value == null ? "null" : "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** Return the word as the shell reads it. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
