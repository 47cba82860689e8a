package io.statefulkit.spec.job;

import io.statefulkit.internal.Checks;
import io.statefulkit.internal.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * Rows that go into a table exactly once, however often the job is retried: the same transaction that copies them
 * leaves a marker with the hash of the data.
 *
 * @param table that gets the rows, optionally with a schema
 * @param columns names of the columns, in the order of the values
 * @param csv the rows as RFC 4180 text, without a header
 * @param deadline how long a job may take with them, with its retries and while it waits for the server; an hour unless said
 */
public record CsvImport(String table, List<String> columns, String csv, Duration deadline) implements StatefulJob {

    /** More does not fit into a ConfigMap. */
    public static final int MAX_CONFIG_MAP_BYTES = 1_000_000;

    public CsvImport {
        SqlNames.table(table);
        columns = List.copyOf(columns);
        columns.forEach(SqlNames::column);
        Checks.wholeSeconds(Duration.ofSeconds(1), deadline, "deadline");
    }

    /** Return an import into this table; add {@link #columns} and then rows. */
    public static CsvImport into(String table) {
        return new CsvImport(table, List.of(), "", Duration.ofHours(1));
    }

    /** Fill these columns. */
    public CsvImport columns(String... names) {
        return new CsvImport(table, List.of(names), csv, deadline);
    }

    /** Add rows of a single column. */
    public CsvImport rows(String... values) {
        CsvImport all = this;
        for (String value : values) {
            all = all.row(value);
        }
        return all;
    }

    /**
     * Add a row with a value for each column.
     *
     * @throws IllegalArgumentException if the number of values is not the number of columns
     */
    public CsvImport row(String... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException("a row of %s must have %d values for the columns %s but had %d"
                    .formatted(table, columns.size(), columns, values.length));
        }
        // text that was taken over may end without a line break
        String before = csv.isEmpty() || csv.endsWith("\n") ? csv : csv + "\n";
        return new CsvImport(table, columns, before + line(values), deadline);
    }

    /** Take the rows from CSV text without a header. A value that is empty and not in quotes is null. */
    public CsvImport csv(String text) {
        return new CsvImport(table, columns, Checks.notBlank(text, "csv"), deadline);
    }

    /** End a job when it has taken this long; no row has been copied then. */
    public CsvImport deadline(Duration limit) {
        return new CsvImport(table, columns, csv, limit);
    }

    /** Return true if the rows are too many for a ConfigMap and have to go through standard input. */
    public boolean large() {
        return csv.getBytes(StandardCharsets.UTF_8).length > MAX_CONFIG_MAP_BYTES;
    }

    /** Return the hash of table, columns and rows: the mark that an import leaves. */
    public String hash() {
        return Sha256.of(table, String.join(",", columns), csv);
    }

    /** Return {@code import-} and the start of the hash: other data is another job. */
    @Override
    public String name() {
        return "import-" + hash().substring(0, 10);
    }

    private static String line(String... values) {
        StringBuilder text = new StringBuilder();
        // every value in quotes: an unquoted empty one would be null, and an unquoted \. the end of the data
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setRecordSeparator('\n')
                .setQuoteMode(QuoteMode.ALL)
                .get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            printer.printRecord((Object[]) values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
