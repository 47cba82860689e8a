package io.statefulkit.survival;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.survival.ledger.Store;

/** A StatefulSet that keeps data, and the way to it. */
public interface Subject {

    /** Talks to its cluster; stays open. */
    KubernetesClient client();

    /** Its namespace. */
    String namespace();

    /** The name of the StatefulSet. */
    String name();

    /** Opens the way to the database, for one run. */
    Connections connect();

    /** A way to the data that goes on working when the pod is replaced. */
    interface Connections extends AutoCloseable {

        /** Where the rows of a run go: each session is a new connection to the current server, not one of a pool. */
        Store store(String run);

        /** Closes the way. Never throws. */
        @Override
        void close();
    }
}
