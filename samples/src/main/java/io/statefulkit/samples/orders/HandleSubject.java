package io.statefulkit.samples.orders;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.handle.JdbcForward;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.survival.Subject;
import javax.sql.DataSource;

/** A deployed database as the subject of a survival run. */
record HandleSubject(PostgresHandle database) implements Subject {

    @Override
    public KubernetesClient client() {
        return database.place().client();
    }

    @Override
    public String namespace() {
        return database.namespace();
    }

    @Override
    public String name() {
        return database.name();
    }

    @Override
    public Connections connect() {
        JdbcForward forward = database.forwardJdbc();
        return new Connections() {
            @Override
            public DataSource dataSource() {
                return forward.dataSource();
            }

            @Override
            public void close() {
                forward.close();
            }
        };
    }
}
