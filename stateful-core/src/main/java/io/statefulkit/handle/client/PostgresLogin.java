package io.statefulkit.handle.client;

import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.handle.connection.Login;
import io.statefulkit.handle.connection.LoginRefusedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries whether a PostgreSQL server lets a user in by password. */
final class PostgresLogin {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresLogin.class);

    /** The exit code of psql when it has no connection. */
    private static final int NO_CONNECTION = 2;

    private static final Pattern JUDGED =
            Pattern.compile("authentication failed|pg_hba\\.conf|not permitted to log in|role .* does not exist");

    /**
     * What keeps a client from being judged: what it says itself, in English as it is told to, and what a server says that has no
     * place for it. All else is about us; a server may say that in any language.
     */
    private static final Pattern NOT_JUDGED =
            Pattern.compile("(?i)connection refused|could not (?!connect)|timed? ?out|timeout|no route|"
                    + "unreachable|reset by peer|closed the connection|too many|connection slots|starting up|shutting down|"
                    + "recovery|administrator command|not (yet |currently )?accept|invalid database|SSL (error|SYSCALL)|"
                    + "out of memory|no space|crash|database .* does not exist");

    private static final String INVALID_AUTHORIZATION = "28";

    private final PostgresClient client;
    private final PasswordLogin byClient;

    PostgresLogin(PostgresClient client) {
        this.client = client;
        this.byClient = new PasswordLogin(
                client.server(),
                "PGPASSWORD",
                "export LC_ALL=C; exec psql -X -q -A -t -w -h " + PasswordLogin.HOST
                        + " -p 5432 -U \"${POSTGRES_USER:-postgres}\""
                        + " -d \"${POSTGRES_DB:-${POSTGRES_USER:-postgres}}\" -c \"select current_setting('"
                        + PostgresWrites.MARK + "', true)\"",
                PostgresLogin::refused);
    }

    static boolean refused(ExecResult result) {
        return result.exitCode() == NO_CONNECTION
                && (JUDGED.matcher(result.stderr()).find()
                        || !NOT_JUDGED.matcher(result.stderr()).find());
    }

    /** Tells, as far as the client does, whether the database has the mark of {@link PostgresWrites}. */
    boolean check(Login login) {
        ExecResult result = byClient.run(login);
        if (result.exitCode() == PasswordLogin.NOT_FOUND) {
            byDriver(login);
            return false;
        }
        byClient.check(login, result);
        return result.stdout().strip().equals("on");
    }

    /**
     * Tells whether this login succeeds; without a client in the image, over the loopback of the pod.
     *
     * @throws ExecException when the server has not judged it
     */
    boolean opens(Login login) {
        try {
            check(login);
            return true;
        } catch (LoginRefusedException e) {
            LOG.debug("{} does not let {} in", client.server().place().ref(), login.user(), e);
            return false;
        }
    }

    private void byDriver(Login login) {
        try (JdbcForward forward = client.jdbc(client.server().forward(PostgresClient.PORT))) {
            if (DriverManager.drivers().noneMatch(driver -> accepts(driver, forward.url()))) {
                LOG.info(
                        "the login to {} is not checked: its image has no psql, and there is no JDBC driver",
                        client.server().place().ref());
                return;
            }
            try (Connection connection = forward.dataSource().getConnection(login.user(), login.password())) {
                LOG.debug("{} lets us in: {}", client.server().place().ref(), connection);
            } catch (SQLException e) {
                throw failure(login, e);
            }
        }
    }

    private RuntimeException failure(Login login, SQLException e) {
        String message = String.valueOf(e.getMessage());
        return String.valueOf(e.getSQLState()).startsWith(INVALID_AUTHORIZATION)
                ? new LoginRefusedException(client.server().place().ref(), login, message, e)
                : new IllegalStateException(
                        "the login to " + client.server().place().ref()
                                + " could not be tried, which says nothing about its password: " + message,
                        e);
    }

    private static boolean accepts(java.sql.Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }
}
