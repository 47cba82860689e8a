package io.statefulkit.survival.control;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.cluster.testing.Here;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.connection.Login;
import io.statefulkit.survival.Survival;
import io.statefulkit.survival.ledger.JdbcStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.opentest4j.TestAbortedException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database that is dialled at an address, as applications do, and not through the API server: who answers is for the network to say, and a
 * connection stays with its server whatever becomes of the pod's object.
 */
record ByAddress(PostgresHandle handle, Login login, Supplier<String> host) {

    /** By the address of its Service, behind which each connection gets the next pod. */
    static ByAddress ofService(PostgresHandle handle) {
        return new ByAddress(
                handle,
                handle.login(),
                () -> client(handle)
                        .services()
                        .inNamespace(handle.namespace())
                        .withName(handle.name())
                        .get()
                        .getSpec()
                        .getClusterIP());
    }

    /** By the address of the pod that has the name at the time. */
    static ByAddress ofPod(PostgresHandle handle) {
        return new ByAddress(
                handle,
                handle.login(),
                () -> client(handle)
                        .pods()
                        .inNamespace(handle.namespace())
                        .withName(handle.name() + "-0")
                        .get()
                        .getStatus()
                        .getPodIP());
    }

    private static KubernetesClient client(PostgresHandle handle) {
        return handle.place().client();
    }

    /** Skips the test where the network of pods and Services cannot be reached from here. From here, an embedded cluster's always can. */
    ByAddress orSkip() {
        if (!Here.isEmbedded(handle.place().client())) {
            try {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .ignoreExceptionsInstanceOf(SQLException.class)
                        .until(this::isReached);
            } catch (ConditionTimeoutException e) {
                throw new TestAbortedException("addresses of this cluster's network are not reached from here", e);
            }
        }
        return this;
    }

    private boolean isReached() throws SQLException {
        try (Connection connection = server().getConnection()) {
            return connection.isValid(5);
        }
    }

    /** A run over connections of this kind. */
    Survival run() {
        return Survival.of(handle, run -> JdbcStore.postgres(new DialledAnew(this), run));
    }

    /** The server that answers at the address by now. */
    DataSource server() throws SQLException {
        String address = host.get();
        if (address == null || address.isEmpty()) {
            throw new SQLException("there is nobody to connect to");
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {address});
        source.setUser(login.user());
        source.setPassword(login.password());
        source.setDatabaseName(login.database());
        source.setConnectTimeout(5);
        return source;
    }

    /** Asks for the address at each connection. */
    private static final class DialledAnew extends PGSimpleDataSource {

        private static final long serialVersionUID = 1;

        private final transient ByAddress subject;

        DialledAnew(ByAddress subject) {
            this.subject = subject;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return subject.server().getConnection();
        }
    }
}
