package io.statefulkit.cluster.client;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterEvent;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.embedded.Faults;
import io.statefulkit.internal.NotApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A cluster that is used through its API server only, but for what is given. */
@NotApi
public final class ClientCluster implements Cluster {

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String OURS = "statefulkit-junit";

    private static final Duration ACCOUNT = Duration.ofSeconds(30);

    private final ProviderKind provider;
    private final KubernetesClient client;
    private final Path kubeconfig;
    private final Killing killing;
    private final AutoCloseable end;
    private final AtomicReference<@Nullable String> version = new AtomicReference<>();

    /**
     * One that runs.
     *
     * @param provider its kind
     * @param client its client
     * @param kubeconfig the file that leads to it
     * @param killing kills the main process of a container
     * @param end ends the cluster
     */
    public ClientCluster(
            ProviderKind provider, KubernetesClient client, Path kubeconfig, Killing killing, AutoCloseable end) {
        this.provider = provider;
        this.client = client;
        this.kubeconfig = kubeconfig;
        this.killing = killing;
        this.end = end;
    }

    @Override
    public ProviderKind provider() {
        return provider;
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** Asked once: each class of tests that looks at it would ask again. */
    @Override
    public String version() {
        String known = version.get();
        String now = known != null
                ? known
                : Objects.requireNonNullElse(client.getKubernetesVersion().getGitVersion(), "of unknown version");
        version.set(now);
        return now;
    }

    @Override
    public void createNamespace(String name, Map<String, String> labels) {
        Namespace namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .addToLabels(killing.labels())
                .addToLabels(MANAGED_BY, OURS)
                .endMetadata()
                .build();
        client.resource(namespace).create();
        if (provider != ProviderKind.EMBEDDED) {
            new DefaultAccount(client, name, ACCOUNT).await();
        }
    }

    /**
     * Deletes none that is not marked as one of tests, whatever its name.
     *
     * @throws IllegalStateException when it is not
     */
    @Override
    public void deleteNamespace(String name) {
        Namespace namespace = client.namespaces().withName(name).get();
        if (namespace == null) {
            return;
        }
        Map<String, String> labels =
                Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.of());
        if (!OURS.equals(labels.get(MANAGED_BY))) {
            throw new IllegalStateException("namespace " + name + " is not one of tests: it has no label " + MANAGED_BY
                    + "=" + OURS + ", so that it is not deleted");
        }
        client.namespaces().withName(name).delete();
    }

    @Override
    public List<String> keeping(String namespace) {
        return new StuckNamespace(client, namespace).reasons();
    }

    @Override
    public List<ClusterEvent> events(String namespace) {
        return NamespaceEvents.of(client, namespace);
    }

    @Override
    public boolean hasNamespace(String name) {
        return client.namespaces().withName(name).get() != null;
    }

    /** Asks once for all: those that there are, are few. */
    @Override
    public Set<String> stillThere(Collection<String> names) {
        return client.namespaces().withLabel(MANAGED_BY, OURS).list().getItems().stream()
                .map(namespace -> namespace.getMetadata().getName())
                .filter(names::contains)
                .collect(Collectors.toSet());
    }

    @Override
    public void kill(String namespace, String pod, String container) {
        killing.kill(namespace, pod, container);
    }

    @Override
    public Optional<String> killObstacle() {
        return killing.obstacle();
    }

    @Override
    public Optional<String> nodeObstacle() {
        return killing.nodeObstacle();
    }

    @Override
    public Optional<Faults> faults() {
        return end instanceof EmbeddedCluster embedded ? Optional.of(embedded.faults()) : Optional.empty();
    }

    @Override
    public void describe(String namespace, Path directory) {
        new NamespaceDump(client, namespace, directory).write();
    }

    @Override
    public void hideSecrets(String namespace, Path directory) {
        new NamespaceDump(client, namespace, directory).hideSecrets();
    }

    @Override
    public void close() {
        try {
            end.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the cluster did not end cleanly", e);
        }
    }
}
