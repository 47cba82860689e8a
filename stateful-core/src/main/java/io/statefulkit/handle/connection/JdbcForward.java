package io.statefulkit.handle.connection;

import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A local port to a database, and JDBC over it. Each new connection goes to the pod that is ready then; a connection to a
 * pod that is gone is closed. Closing it closes the port and all its connections.
 */
public final class JdbcForward implements AutoCloseable {

    private final Forward forward;
    private final String url;
    private final Supplier<Login> login;

    public JdbcForward(Forward forward, String url, Supplier<Login> login) {
        this.forward = forward;
        this.url = url;
        this.login = login;
    }

    /** Returns the JDBC URL, without user and password. */
    public String url() {
        return url;
    }

    /** Returns the local port. */
    public int port() {
        return forward.port();
    }

    /** Returns the user and the password that are valid now, read from the cluster. */
    public Login login() {
        return login.get();
    }

    /**
     * Returns a data source without a pool: each connection is a new one, as the user of the workload. Its password is
     * read from the cluster, and again when the server does not take it any more. Needs the JDBC driver on the class path.
     *
     * @throws IllegalStateException when there is none, before anything is connected
     */
    public DataSource dataSource() {
        Drivers.require(url);
        return new ForwardDataSource(url, login);
    }

    @Override
    public void close() {
        forward.close();
    }
}
