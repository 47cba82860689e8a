package io.statefulkit.survival.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Rows in a table of a PostgreSQL database. */
public final class JdbcStore implements Store {

    /** Settings without which PostgreSQL acknowledges what a crash may take away again. */
    private static final List<String> GUARDS = List.of("fsync", "full_page_writes", "synchronous_commit");

    private final DataSource dataSource;
    private final String run;

    /**
     * Rows of one run, in the table {@code statefulkit_ledger_<run>}.
     *
     * @param dataSource opens a new connection at each call: not a pool, whose connections would hide which server answers
     * @param run the name of the run: lower-case letters and digits
     */
    public JdbcStore(DataSource dataSource, String run) {
        if (!run.matches("[a-z0-9]{1,40}")) {
            throw new IllegalArgumentException(
                    "expected a run of 1 to 40 lower-case letters and digits, got '" + run + "'");
        }
        this.dataSource = dataSource;
        this.run = run;
    }

    @Override
    public String name() {
        return "statefulkit_ledger_" + run;
    }

    /** The table has no unique constraint on what identifies a row: it would turn a duplicate into an error that nobody sees. */
    @Override
    public List<String> prepare() {
        return call("create the table " + name(), connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE " + name() + " (k bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                        + " run text NOT NULL, writer int NOT NULL, seq int NOT NULL, payload text NOT NULL,"
                        + " server text NOT NULL DEFAULT (pg_postmaster_start_time())::text)");
                statement.execute("CREATE INDEX ON " + name() + " (writer, seq)");
            }
            return unsafeSettings(connection);
        });
    }

    private static List<String> unsafeSettings(Connection connection) throws SQLException {
        List<String> unsafe = new ArrayList<>();
        for (String setting : GUARDS) {
            String value = single(connection, "SHOW " + setting);
            if ("off".equals(value)) {
                unsafe.add(setting + " = off");
            }
        }
        return unsafe;
    }

    @Override
    public Session open() {
        try {
            return JdbcSession.over(dataSource.getConnection(), name(), run);
        } catch (SQLException e) {
            throw new StoreException("cannot connect", e);
        }
    }

    @Override
    public String identity() {
        return call(
                "ask for the system identifier",
                connection -> single(connection, "SELECT system_identifier::text FROM pg_control_system()"));
    }

    @Override
    public void drop() {
        call("drop the table " + name(), connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("DROP TABLE " + name());
            }
        });
    }

    static String single(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private <T> T call(String what, Task<T> task) {
        try (Connection connection = dataSource.getConnection()) {
            return task.run(connection);
        } catch (SQLException e) {
            throw new StoreException("cannot " + what, e);
        }
    }

    @FunctionalInterface
    private interface Task<T> {
        T run(Connection connection) throws SQLException;
    }
}
