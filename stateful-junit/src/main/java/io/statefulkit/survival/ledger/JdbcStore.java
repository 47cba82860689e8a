package io.statefulkit.survival.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Rows in a table of a database that is reached by JDBC. */
public final class JdbcStore implements Store {

    private final DataSource dataSource;
    private final String run;
    private final SqlDialect dialect;

    private JdbcStore(DataSource dataSource, String run, SqlDialect dialect) {
        this.dataSource = dataSource;
        this.run = RunName.check(run);
        this.dialect = dialect;
    }

    /**
     * Rows of one run in PostgreSQL, in the table {@code statefulkit_ledger_<run>}.
     *
     * @param dataSource opens a new connection at each call: not a pool, whose connections would hide which server answers
     * @param run the name of the run: lower-case letters and digits
     */
    public static JdbcStore postgres(DataSource dataSource, String run) {
        return new JdbcStore(dataSource, run, new PostgresDialect());
    }

    /** Rows of one run in MySQL or MariaDB, in an InnoDB table like that of {@link #postgres}. */
    public static JdbcStore mySql(DataSource dataSource, String run) {
        return new JdbcStore(dataSource, run, new MySqlDialect(UUID.randomUUID().toString()));
    }

    @Override
    public String name() {
        return "statefulkit_ledger_" + run;
    }

    @Override
    public List<Hazard> prepare() {
        return call("create the table " + name(), connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String sql : dialect.create(name())) {
                    statement.execute(sql);
                }
            }
            return dialect.hazards(connection);
        });
    }

    @Override
    public Session open() {
        try {
            return JdbcSession.over(dataSource.getConnection(), name(), run, dialect);
        } catch (SQLException e) {
            throw new StoreException("cannot connect", e);
        }
    }

    @Override
    public String identity() {
        return call("ask for the identity", connection -> dialect.identity(connection, name()));
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
