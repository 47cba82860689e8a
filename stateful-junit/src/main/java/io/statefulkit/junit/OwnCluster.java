package io.statefulkit.junit;

import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.choice.ClusterRegistry;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster of one class. Closed after the namespaces of the class, which were opened later.
 *
 * @param cluster the cluster
 * @param runEnd waits for its namespaces
 * @param end ends it
 */
record OwnCluster(Cluster cluster, RunEnd runEnd, Runnable end) implements CloseableResource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnCluster.class);

    static OwnCluster start(ClusterRegistry registry, ClusterSettings settings, String owner) {
        return new OwnCluster(registry.own(settings, owner), new RunEnd(), () -> registry.end(settings, owner));
    }

    /** A failure must not hide the one of a test. */
    @Override
    public void close() {
        runEnd.close();
        try {
            end.run();
        } catch (RuntimeException e) {
            LOG.warn("the cluster of a class did not end", e);
        }
    }
}
