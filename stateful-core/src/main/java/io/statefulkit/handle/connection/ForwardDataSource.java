package io.statefulkit.handle.connection;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens connections one by one through the {@link DriverManager}. */
final class ForwardDataSource implements DataSource {

    /** SQLSTATE class of a refused login. */
    private static final String INVALID_AUTHORIZATION = "28";

    private final String url;
    private final Supplier<Login> source;
    private final AtomicReference<@Nullable Login> known = new AtomicReference<>();

    ForwardDataSource(String url, Supplier<Login> source) {
        this.url = url;
        this.source = source;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Login login = known.get();
        if (login == null) {
            return connect(refresh());
        }
        try {
            return connect(login);
        } catch (SQLException e) {
            if (e.getSQLState() == null || !e.getSQLState().startsWith(INVALID_AUTHORIZATION)) {
                throw e;
            }
            // The password may have been rotated since it was read.
            return connect(refresh());
        }
    }

    private Login refresh() {
        Login fresh = source.get();
        known.set(fresh);
        return fresh;
    }

    private Connection connect(Login login) throws SQLException {
        return getConnection(login.user(), login.password());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        try {
            return DriverManager.getConnection(url, user, password);
        } catch (SQLException e) {
            if ("08001".equals(e.getSQLState())
                    && String.valueOf(e.getMessage()).startsWith("No suitable driver")) {
                throw new SQLException(Drivers.missing(url), e.getSQLState(), e);
            }
            throw e;
        }
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("set the log writer at the DriverManager");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("set the login timeout at the DriverManager or in the URL");
    }

    @Override
    public int getLoginTimeout() {
        return DriverManager.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("this data source does not log");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("this data source is no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
