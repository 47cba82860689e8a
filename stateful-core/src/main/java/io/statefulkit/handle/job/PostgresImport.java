package io.statefulkit.handle.job;

import io.statefulkit.handle.connection.Exec;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.connection.Heartbeat;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.internal.NotApi;
import io.statefulkit.manifest.JobPlan;
import io.statefulkit.spec.job.CsvImport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Copies rows through the client in the container of the server, with a mark in the same transaction. */
@NotApi
public final class PostgresImport {

    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Pattern COPIED = Pattern.compile("(?m)^COPY (\\d+)$");
    private static final String MARK_IS_THERE = "statefulkit_import_pkey";

    private final Server server;

    public PostgresImport(Server server) {
        this.server = server;
    }

    public ImportResult run(CsvImport rows) {
        byte[] csv = rows.csv().getBytes(StandardCharsets.UTF_8);
        String program =
                JobPlan.importCommand(rows).stream().map(PostgresImport::quoted).collect(Collectors.joining(" "));
        String command = "PGUSER=\"${POSTGRES_USER:-postgres}\""
                + " PGDATABASE=\"${POSTGRES_DB:-${POSTGRES_USER:-postgres}}\" " + program;
        List<String> limited = Heartbeat.around(Exec.limited(csv.length, command));
        ExecResult result = server.run(0, limited, csv, PATIENCE);
        if (!result.ok() && result.stderr().contains(MARK_IS_THERE)) {
            return new ImportResult(0, true);
        }
        Matcher copied = COPIED.matcher(result.orThrow().stdout());
        if (!copied.find()) {
            throw new ExecException(result);
        }
        return new ImportResult(Long.parseLong(copied.group(1)), false);
    }

    /** Quotes a word for the shell. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
