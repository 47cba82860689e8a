package io.statefulkit.cluster.choice;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterProvider;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ClusterStartException;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.Reuse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clusters that are running, one for each settings. They run until the registry is closed, so that many test classes share one.
 * Thread-safe.
 */
public final class ClusterRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterRegistry.class);

    private final List<ClusterProvider> providers;
    private final Map<Key, CompletableFuture<Cluster>> clusters = new ConcurrentHashMap<>();

    /** Whose cluster it is; of nobody, when it is shared. */
    private record Key(ClusterSettings settings, String owner) {}

    /** A registry of clusters by these providers. */
    public ClusterRegistry(List<ClusterProvider> providers) {
        this.providers = List.copyOf(providers);
    }

    /**
     * The registry of this JVM. Its clusters end with the JVM: test engines run several times in one JVM, once for each class or again
     * for failed tests, and a cluster that ended with each of them would be started as often.
     */
    public static ClusterRegistry ofThisJvm() {
        return Jvm.REGISTRY;
    }

    /**
     * The cluster with these settings, started if it is not running. Who comes while it starts waits for it; a start that failed is not
     * tried again.
     *
     * @throws ClusterStartException when there can be none
     */
    public Cluster cluster(ClusterSettings settings) {
        return cluster(new Key(settings, ""));
    }

    /**
     * A cluster of one owner alone, as {@link Reuse#PER_CLASS} means it, started if it is not running. {@link #end} ends it.
     *
     * @param owner a name that no other owner has
     * @throws ClusterStartException when there can be none
     */
    public Cluster own(ClusterSettings settings, String owner) {
        return cluster(new Key(settings, owner));
    }

    /** Ends the cluster of an owner, if it has one. */
    public void end(ClusterSettings settings, String owner) {
        Key key = new Key(settings, owner);
        CompletableFuture<Cluster> cluster = clusters.get(key);
        if (cluster != null) {
            taken(key, cluster).ifPresent(Cluster::close);
        }
    }

    private Cluster cluster(Key key) {
        CompletableFuture<Cluster> mine = new CompletableFuture<>();
        CompletableFuture<Cluster> first = clusters.putIfAbsent(key, mine);
        if (first == null) {
            start(key.settings(), mine);
            first = mine;
        }
        try {
            return first.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ClusterStartException(String.valueOf(cause.getMessage()), cause);
        }
    }

    private void start(ClusterSettings settings, CompletableFuture<Cluster> started) {
        try {
            Selection selection = Selection.of(settings, providers);
            Cluster cluster = selection.provider().start(settings);
            try {
                LOG.info(
                        "cluster: {} {}, since {}; kubectl --kubeconfig {}",
                        cluster.provider(),
                        cluster.version(),
                        selection.reason(),
                        cluster.kubeconfig());
            } catch (RuntimeException e) {
                // Nobody gets it, so that nobody else ends it.
                letGo(cluster);
                throw e;
            }
            started.complete(cluster);
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(e);
        } finally {
            // Some libraries throw what they do not declare, as when they are interrupted: who waits must not wait for
            // ever.
            started.completeExceptionally(new ClusterStartException("the start of the cluster was interrupted"));
        }
    }

    /**
     * The kind of cluster that {@link #cluster} would take, without starting it.
     *
     * @throws ClusterStartException when there can be none
     */
    public ProviderKind kind(ClusterSettings settings) {
        return Selection.of(settings, providers).provider().kind();
    }

    /** The running cluster that this client talks to, if it is one of this registry. */
    public Optional<Cluster> of(KubernetesClient client) {
        return clusters.values().stream()
                .filter(cluster -> cluster.isDone() && !cluster.isCompletedExceptionally())
                .map(CompletableFuture::join)
                .filter(cluster -> cluster.client().getMasterUrl().equals(client.getMasterUrl()))
                .findFirst();
    }

    /** Ends all clusters; one that does not end cleanly is logged, and keeps no other from its end. */
    @Override
    public void close() {
        clusters.forEach((key, cluster) -> taken(key, cluster).ifPresent(ClusterRegistry::letGo));
    }

    /**
     * Ends those that were started here. One that existed before goes on anyway, and what a disruption takes back at the end of the JVM, as a
     * node that it has closed to pods, needs its client.
     */
    void endStarted() {
        clusters.forEach((key, cluster) -> {
            if (!isOfOthers(cluster)) {
                taken(key, cluster).ifPresent(ClusterRegistry::letGo);
            }
        });
    }

    private static boolean isOfOthers(CompletableFuture<Cluster> cluster) {
        return cluster.isDone()
                && !cluster.isCompletedExceptionally()
                && cluster.join().provider() == ProviderKind.KUBECONFIG;
    }

    private static void letGo(Cluster cluster) {
        try {
            cluster.close();
        } catch (RuntimeException e) {
            LOG.warn("a cluster did not end cleanly", e);
        }
    }

    /** The one that is ended now, if it runs and nobody else ends it. */
    private Optional<Cluster> taken(Key key, CompletableFuture<Cluster> cluster) {
        return clusters.remove(key, cluster) && cluster.isDone() && !cluster.isCompletedExceptionally()
                ? Optional.of(cluster.join())
                : Optional.empty();
    }

    /** Made when it is first asked for. */
    private static final class Jvm {
        private static final ClusterRegistry REGISTRY = create();

        private static ClusterRegistry create() {
            ClusterRegistry registry = new ClusterRegistry(Providers.all());
            Runtime.getRuntime().addShutdownHook(new Thread(registry::endStarted, "statefulkit-clusters"));
            return registry;
        }
    }
}
