package io.statefulkit.survival;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.handle.JdbcForward;
import io.statefulkit.handle.PostgresHandle;
import javax.sql.DataSource;

/** A database that was deployed by its specification. */
record HandleSubject(PostgresHandle handle) implements Subject {

    @Override
    public KubernetesClient client() {
        return handle.place().client();
    }

    @Override
    public String namespace() {
        return handle.namespace();
    }

    @Override
    public String name() {
        return handle.name();
    }

    @Override
    public Connections connect() {
        return new Forwarded(handle.forwardJdbc());
    }

    private record Forwarded(JdbcForward forward) implements Connections {

        @Override
        public DataSource dataSource() {
            return forward.dataSource();
        }

        @Override
        public void close() {
            forward.close();
        }
    }
}
