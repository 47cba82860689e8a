package io.statefulkit.handle.client;

import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.handle.connection.Login;
import io.statefulkit.handle.connection.LoginRefusedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries whether a PostgreSQL server lets a user in by password. */
final class PostgresLogin {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresLogin.class);

    private final PostgresClient client;
    private final PasswordLogin byClient;

    PostgresLogin(PostgresClient client) {
        this.client = client;
        this.byClient = new PasswordLogin(
                client.server(),
                "PGPASSWORD",
                "exec psql -X -q -A -t -w -h " + PasswordLogin.HOST
                        + " -p 5432 -U \"${POSTGRES_USER:-postgres}\""
                        + " -d \"${POSTGRES_DB:-${POSTGRES_USER:-postgres}}\" -c \"select current_setting('"
                        + PostgresWrites.MARK + "', true)\"");
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

    /** Tells whether this login succeeds; without a client in the image, over the loopback of the pod. */
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
                throw new LoginRefusedException(
                        client.server().place().ref(), login, String.valueOf(e.getMessage()), e);
            }
        }
    }

    private static boolean accepts(java.sql.Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException e) {
            return false;
        }
    }
}
