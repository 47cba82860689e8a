package io.statefulkit.junit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.statefulkit.StatefulKit;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.deploy.Patience;
import io.statefulkit.junit.StatefulCluster.OnFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
    private final Settings settings;
    private final RunEnd runEnd;
    private final AutoCloseable turn;
    private final FailureRecords records;
    private final Deployments deployments;
    private final StepLog steps = new StepLog(Clock.systemUTC());
    private final AtomicBoolean failed = new AtomicBoolean();

    private Scope(Cluster cluster, String namespace, Settings settings, RunEnd runEnd, AutoCloseable turn) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.settings = settings;
        this.runEnd = runEnd;
        this.turn = turn;
        this.records = new FailureRecords(cluster, namespace, steps);
        this.deployments = Deployments.by(kit(), steps);
        this.client = cluster.client().adapt(NamespacedKubernetesClient.class).inNamespace(namespace);
    }

    /** Creates a namespace for a class or a method of this name. */
    static Scope open(Cluster cluster, String owner, Settings settings, RunEnd runEnd, AutoCloseable turn) {
        String namespace = NamespaceName.of(owner);
        try {
            cluster.createNamespace(namespace, Map.of("app.kubernetes.io/managed-by", "statefulkit-junit"));
            return new Scope(cluster, namespace, settings, runEnd, turn);
        } catch (RuntimeException e) {
            end(turn);
            throw e;
        }
    }

    KubernetesClient client() {
        return client;
    }

    StatefulKit kit() {
        return StatefulKit.on(cluster.client()).inNamespace(namespace).withPatience(patience(cluster.provider()));
    }

    /**
     * An embedded cluster has an image or has it not. Others pull them, which takes its time, and from a registry that may refuse once: a
     * kubelet asks again after ten seconds, and the usual patience with troubles is shorter than that.
     */
    static Patience patience(ProviderKind provider) {
        return provider == ProviderKind.EMBEDDED
                ? Patience.defaults()
                : new Patience(Duration.ofMinutes(10), Duration.ofMinutes(1));
    }

    StatefulCluster.Info info() {
        return new StatefulCluster.Info(cluster.provider(), cluster.version(), cluster.kubeconfig(), namespace);
    }

    /** The workloads that the tests of this namespace share. */
    Deployments deployments() {
        return deployments;
    }

    /** What the tests of this namespace do. */
    StepLog steps() {
        return steps;
    }

    /** What was written about failures in this namespace. */
    FailureRecords records() {
        return records;
    }

    /** Waits after a failure, where that is wanted. */
    void pause(Path directory) {
        if (settings.onFailure() == OnFailure.PAUSE) {
            new Pause(settings.pause()).in(directory, info());
        }
    }

    /** Remembers that a test in this namespace failed. */
    void fail() {
        failed.set(true);
    }

    /** Begins to delete the namespace; the end of the run waits for it. A failure must not hide the one of a test. */
    @Override
    public void close() {
        try {
            closeNamespace();
        } finally {
            end(turn);
        }
    }

    private void closeNamespace() {
        if (failed.get() && settings.onFailure() == OnFailure.KEEP) {
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

    private static void end(AutoCloseable turn) {
        try {
            turn.close();
        } catch (Exception e) {
            LOG.warn("the turn of a namespace did not end", e);
        }
    }
}
