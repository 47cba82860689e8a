package io.statefulkit.survival;

import io.fabric8.kubernetes.client.KubernetesClient;
import javax.sql.DataSource;

/** A StatefulSet that runs a PostgreSQL database, and the way to it. */
public interface Subject {

    /** Talks to its cluster; stays open. */
    KubernetesClient client();

    /** Its namespace. */
    String namespace();

    /** The name of the StatefulSet. */
    String name();

    /** Opens the way to the database, for one run. */
    Connections connect();

    /** A way to the database that goes on working when the pod is replaced. */
    interface Connections extends AutoCloseable {

        /** Opens a new connection to the current server at each call; not a pool. */
        DataSource dataSource();

        /** Closes the way. Never throws. */
        @Override
        void close();
    }
}
