package io.statefulkit.cluster.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterEvent;
import io.statefulkit.cluster.ProviderKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A cluster that has namespaces and nothing else. Its client is never connected. */
public final class FakeCluster implements Cluster {

    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(Config.empty())
                    .withMasterUrl("https://fake.invalid:6443/")
                    .build())
            .build();
    private final Set<String> namespaces = new ConcurrentSkipListSet<>();
    private final Set<String> everCreated = new ConcurrentSkipListSet<>();
    private final List<Path> described = new CopyOnWriteArrayList<>();
    private final List<Path> cleaned = new CopyOnWriteArrayList<>();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Map<Refusal, String> refusals = new ConcurrentHashMap<>();

    private final ProviderKind provider;

    /** One that looks like an embedded one. */
    public FakeCluster() {
        this(ProviderKind.EMBEDDED);
    }

    /** One of this kind. */
    public FakeCluster(ProviderKind provider) {
        this.provider = provider;
    }

    private enum Refusal {
        CREATE,
        DELETE,
        EXPLAIN,
        VERSION,
        END
    }

    /** Refuses to create namespaces from now on. */
    public FakeCluster refusingToCreate(String message) {
        refusals.put(Refusal.CREATE, message);
        return this;
    }

    /** Refuses to delete namespaces from now on. */
    public FakeCluster refusingToDelete(String message) {
        refusals.put(Refusal.DELETE, message);
        return this;
    }

    /** Refuses to say what keeps namespaces from now on. */
    public FakeCluster refusingToExplain(String message) {
        refusals.put(Refusal.EXPLAIN, message);
        return this;
    }

    /** Refuses to tell its version from now on. */
    public FakeCluster refusingToTellItsVersion(String message) {
        refusals.put(Refusal.VERSION, message);
        return this;
    }

    /** Says, when it has ended, that it did not end cleanly. */
    public FakeCluster refusingToEnd(String message) {
        refusals.put(Refusal.END, message);
        return this;
    }

    private void refuse(Refusal what) {
        String message = refusals.get(what);
        if (message != null) {
            throw new IllegalStateException(message);
        }
    }

    public Set<String> namespaces() {
        return new TreeSet<>(namespaces);
    }

    public Set<String> everCreated() {
        return new TreeSet<>(everCreated);
    }

    /** How many there were at a time at most. */
    public int most() {
        return most.get();
    }

    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public ProviderKind provider() {
        return provider;
    }

    @Override
    public String version() {
        refuse(Refusal.VERSION);
        return "v1.99.0-fake";
    }

    @Override
    public Path kubeconfig() {
        return Path.of("fake.kubeconfig");
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public void createNamespace(String name, Map<String, String> labels) {
        refuse(Refusal.CREATE);
        if (!namespaces.add(name)) {
            throw new IllegalStateException("namespace " + name + " exists");
        }
        everCreated.add(name);
        most.accumulateAndGet(namespaces.size(), Math::max);
    }

    @Override
    public void deleteNamespace(String name) {
        refuse(Refusal.DELETE);
        namespaces.remove(name);
    }

    @Override
    public boolean hasNamespace(String name) {
        return namespaces.contains(name);
    }

    @Override
    public List<String> keeping(String namespace) {
        refuse(Refusal.EXPLAIN);
        return List.of("Pod/held waits for the finalizers [example.com/hold]");
    }

    /** One that happened in the first second of all time. */
    @Override
    public List<ClusterEvent> events(String namespace) {
        return List.of(new ClusterEvent(Instant.EPOCH, "Normal  Pod/orders-0  Killing  Stopping container postgres"));
    }

    @Override
    public void kill(String namespace, String pod, String container) {
        throw new UnsupportedOperationException("nothing runs here");
    }

    @Override
    public void describe(String namespace, Path directory) {
        if (!namespaces.contains(namespace)) {
            throw new IllegalStateException("namespace " + namespace + " is gone");
        }
        described.add(directory);
    }

    @Override
    public void hideSecrets(String namespace, Path directory) {
        cleaned.add(directory);
    }

    /** The directories that secrets were taken out of once more. */
    public List<Path> cleaned() {
        return List.copyOf(cleaned);
    }

    /** The directories that were asked for. */
    public List<Path> described() {
        return List.copyOf(described);
    }

    @Override
    public void close() {
        closed.set(true);
        client.close();
        refuse(Refusal.END);
    }
}
