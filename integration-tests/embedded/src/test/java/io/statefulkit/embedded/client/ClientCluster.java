package io.statefulkit.embedded.client;

import io.statefulkit.embedded.EmbeddedCluster;

/** The cluster of all tests of clients in this JVM; it is stopped when the JVM ends. */
final class ClientCluster {

    private ClientCluster() {}

    static EmbeddedCluster get() {
        return Holder.CLUSTER;
    }

    /** Starts it when it is first asked for. */
    private static final class Holder {
        private static final EmbeddedCluster CLUSTER = EmbeddedCluster.start();
    }
}
