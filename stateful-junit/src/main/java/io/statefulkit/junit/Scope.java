package io.statefulkit.junit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.statefulkit.StatefulKit;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.junit.StatefulCluster.OnFailure;
import io.statefulkit.survival.Reports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A namespace of tests. It goes when its scope does. */
final class Scope implements CloseableResource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scope.class);

    private final Cluster cluster;
    private final String namespace;
    private final KubernetesClient client;
    private final OnFailure onFailure;
    private final RunEnd runEnd;
    private final AtomicBoolean failed = new AtomicBoolean();

    private Scope(Cluster cluster, String namespace, OnFailure onFailure, RunEnd runEnd) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.onFailure = onFailure;
        this.runEnd = runEnd;
        this.client = cluster.client().adapt(NamespacedKubernetesClient.class).inNamespace(namespace);
    }

    /** Creates a namespace for a class or a method of this name. */
    static Scope open(Cluster cluster, String owner, OnFailure onFailure, RunEnd runEnd) {
        String namespace = NamespaceName.of(owner);
        cluster.createNamespace(namespace, Map.of("app.kubernetes.io/managed-by", "statefulkit-junit"));
        return new Scope(cluster, namespace, onFailure, runEnd);
    }

    KubernetesClient client() {
        return client;
    }

    StatefulKit kit() {
        return StatefulKit.on(cluster.client()).inNamespace(namespace);
    }

    StatefulCluster.Info info() {
        return new StatefulCluster.Info(cluster.provider(), cluster.version(), cluster.kubeconfig(), namespace);
    }

    /** Writes what is known about the namespace; what goes wrong in that must not hide why it was asked for. */
    void describe(String test, Throwable failure) {
        try {
            Path directory = Reports.directory().resolve("failures").resolve(NamespaceName.of(test));
            Files.createDirectories(directory);
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            Files.writeString(directory.resolve("failure.txt"), trace.toString());
            cluster.describe(namespace, directory);
            LOG.warn("{} failed; what the cluster knows about it: {}", test, directory);
        } catch (IOException | RuntimeException e) {
            LOG.warn("what the cluster knows about the failed {} could not be written", test, e);
        }
    }

    /** Remembers that a test in this namespace failed. */
    void fail() {
        failed.set(true);
    }

    /** Begins to delete the namespace; the end of the run waits for it. A failure must not hide the one of a test. */
    @Override
    public void close() {
        if (failed.get() && onFailure == OnFailure.KEEP) {
            LOG.warn(
                    "kept after a failure: kubectl --kubeconfig {} -n {} get all,pvc,events",
                    cluster.kubeconfig(),
                    namespace);
            return;
        }
        try {
            cluster.deleteNamespace(namespace);
            runEnd.awaits(cluster, namespace);
        } catch (RuntimeException e) {
            LOG.warn("namespace {} could not be deleted", namespace, e);
        }
    }
}
