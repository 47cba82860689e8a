package io.statefulkit.handle;

import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.deploy.Pods;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries whether a PostgreSQL server lets a user in by password. */
final class PostgresLogin {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresLogin.class);
    private static final int NOT_FOUND = 127;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PostgresHandle handle;

    PostgresLogin(PostgresHandle handle) {
        this.handle = handle;
    }

    void check(Login login) {
        ExecResult result = byClient(login);
        if (result.exitCode() == NOT_FOUND) {
            byDriver(login);
        } else if (!result.ok()) {
            throw new LoginRefusedException(handle.place().ref(), login, result.stderr(), new ExecException(result));
        }
    }

    /** The password comes as input, so that it is in no list of processes and in no log of the API server. */
    private ExecResult byClient(Login login) {
        Pod pod = new Shell(handle.place()).pod(0);
        byte[] password = (login.password() + "\n").getBytes(StandardCharsets.UTF_8);
        String command = "{ IFS= read -r PGPASSWORD; export PGPASSWORD; exec psql -X -q -A -t -w -h "
                + pod.getStatus().getPodIP() + " -p 5432 -U \"${POSTGRES_USER:-postgres}\""
                + " -d \"${POSTGRES_DB:-${POSTGRES_USER:-postgres}}\" -c 'select 1'; }";
        return new Exec(handle.place().client(), handle.namespace())
                .run(Pods.name(pod), handle.container(), Exec.limited(password.length, command), password, PATIENCE);
    }

    private void byDriver(Login login) {
        try (JdbcForward forward = handle.forwardJdbc()) {
            if (DriverManager.drivers().noneMatch(driver -> accepts(driver, forward.url()))) {
                LOG.info("the login to {} is not checked: its image has no psql, and there is no JDBC driver", handle);
                return;
            }
            try (Connection connection = forward.dataSource().getConnection()) {
                LOG.debug("{} lets us in: {}", handle, connection);
            } catch (SQLException e) {
                throw new LoginRefusedException(handle.place().ref(), login, String.valueOf(e.getMessage()), e);
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
