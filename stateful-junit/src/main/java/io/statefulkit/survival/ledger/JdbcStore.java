package io.statefulkit.survival.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Rows in a table of a database that is reached by JDBC. */
public final class JdbcStore implements Store {

    private final DataSource dataSource;
    private final String run;
    private final SqlDialect dialect;
    private final Optional<SqlBooks> books;

    private JdbcStore(DataSource dataSource, String run, SqlDialect dialect, boolean keepsAccounts) {
        this.dataSource = dataSource;
        this.run = RunName.check(run);
        this.dialect = dialect;
        this.books = keepsAccounts
                ? Optional.of(new SqlBooks(name() + "_books", dialect.append(), dialect.text()))
                : Optional.empty();
    }

    /**
     * Rows of one run in PostgreSQL, in the table {@code statefulkit_ledger_<run>}.
     *
     * @param dataSource opens a new connection at each call: not a pool, whose connections would hide which server answers
     * @param run the name of the run: lower-case letters and digits
     */
    public static JdbcStore postgres(DataSource dataSource, String run) {
        return new JdbcStore(dataSource, run, new PostgresDialect(), false);
    }

    /** Rows of one run in MySQL or MariaDB, in an InnoDB table like that of {@link #postgres}. */
    public static JdbcStore mySql(DataSource dataSource, String run) {
        return new JdbcStore(dataSource, run, new MySqlDialect(UUID.randomUUID().toString()), false);
    }

    /**
     * The same with accounts beside the rows: each row is written in one transaction with a transfer between two of them, which also counts
     * it and appends it to a list. So torn transactions and a wrong order show. Rows cannot be deleted then.
     */
    public JdbcStore keepingAccounts() {
        return new JdbcStore(dataSource, run, dialect, true);
    }

    @Override
    public boolean keepsAccounts() {
        return books.isPresent();
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
                if (books.isPresent()) {
                    books.get().create(statement);
                }
            }
            return dialect.hazards(connection);
        });
    }

    @Override
    public Session open() {
        try {
            return JdbcSession.over(dataSource.getConnection(), name(), run, dialect, books);
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
                if (books.isPresent()) {
                    statement.execute("DROP TABLE " + books.get().table());
                }
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
