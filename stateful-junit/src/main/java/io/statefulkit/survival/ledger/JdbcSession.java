package io.statefulkit.survival.ledger;

import io.statefulkit.survival.history.Books;
import io.statefulkit.survival.history.Element;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes in explicit transactions: an error before COMMIT was sent proves that nothing was written, so only COMMIT can leave it open. */
final class JdbcSession implements Session {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcSession.class);

    private final Connection connection;
    private final String table;
    private final String run;
    private final SqlDialect dialect;
    private final Optional<SqlBooks> accounts;
    private final String server;
    private final String insert;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final AtomicReference<Optional<Books>> books = new AtomicReference<>(Optional.empty());

    private JdbcSession(
            Connection connection,
            String table,
            String run,
            SqlDialect dialect,
            Optional<SqlBooks> accounts,
            String server) {
        this.connection = connection;
        this.table = table;
        this.run = run;
        this.dialect = dialect;
        this.accounts = accounts;
        this.server = server;
        this.insert = dialect.insert(table);
    }

    static JdbcSession over(
            Connection connection, String table, String run, SqlDialect dialect, Optional<SqlBooks> accounts)
            throws SQLException {
        try {
            connection.setAutoCommit(false);
            String server = JdbcStore.single(connection, dialect.serverQuery());
            connection.commit();
            return new JdbcSession(connection, table, run, dialect, accounts, server);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public String server() {
        return server;
    }

    @Override
    public Reply write(Element element, String payload) {
        return transaction(insert, Optional.of(element), statement -> {
            statement.setString(1, run);
            statement.setInt(2, element.writer());
            statement.setInt(3, element.seq());
            statement.setString(4, payload);
        });
    }

    @Override
    public Reply delete(Element element) {
        return transaction("DELETE FROM " + table + " WHERE writer = ? AND seq = ?", Optional.empty(), statement -> {
            statement.setInt(1, element.writer());
            statement.setInt(2, element.seq());
        });
    }

    private Reply transaction(String sql, Optional<Element> booked, Binding binding) {
        try {
            PreparedStatement statement = prepared(sql);
            binding.bind(statement);
            int rows = statement.executeUpdate();
            if (rows != 1) {
                return Reply.refused(new SQLException("changed " + rows + " rows, expected 1"));
            }
            if (accounts.isPresent() && booked.isPresent()) {
                accounts.get().book(connection, booked.get());
            }
        } catch (SQLException e) {
            return Reply.refused(e);
        }
        return commit();
    }

    /** Prepared once for all rows of the connection, with which it is closed. */
    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    private Reply commit() {
        try {
            connection.clearWarnings();
            connection.commit();
            SQLWarning warning = connection.getWarnings();
            // A commit that warns may have been given up half-way, such as one whose wait for a standby was cancelled.
            return warning == null ? Reply.acknowledged() : Reply.unknown(warning);
        } catch (SQLException e) {
            return CommitError.provesNoEffect(e) ? Reply.refused(e) : Reply.unknown(e);
        }
    }

    @Override
    public List<Row> read() {
        List<Row> result = new ArrayList<>();
        if (accounts.isPresent()) {
            beginSnapshot();
        }
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(1000);
            try (ResultSet rows = statement.executeQuery("SELECT run, writer, seq, md5(payload) FROM " + table)) {
                while (rows.next()) {
                    Element element = new Element(rows.getInt(2), rows.getInt(3));
                    result.add(new Row(rows.getString(1), element, rows.getString(4)));
                }
            }
            if (accounts.isPresent()) {
                books.set(Optional.of(accounts.get().read(connection)));
            }
            connection.commit();
            return result;
        } catch (SQLException e) {
            if (dialect.isMissingTable(e)) {
                // That is an answer: with the table, all its rows are gone.
                return List.of();
            }
            throw new StoreException("cannot read all rows of " + table, e);
        }
    }

    /** Rows and accounts are read by two statements, which must see the same. */
    private void beginSnapshot() {
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        } catch (SQLException e) {
            throw new StoreException("cannot read rows and accounts at one point in time", e);
        }
    }

    @Override
    public Optional<Books> books() {
        return Objects.requireNonNull(books.get());
    }

    @Override
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("cannot abort a connection", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("cannot close a connection", e);
        }
    }

    @FunctionalInterface
    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }
}
