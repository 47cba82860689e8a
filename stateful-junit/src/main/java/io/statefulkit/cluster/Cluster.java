package io.statefulkit.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.embedded.Faults;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A running cluster. Thread-safe. */
public interface Cluster extends AutoCloseable {

    /** Its kind, never {@link ProviderKind#AUTO}. */
    ProviderKind provider();

    /** The version of its API server, such as {@code v1.34.1}. */
    String version();

    /** The file with which {@code kubectl --kubeconfig} reaches it. */
    Path kubeconfig();

    /** A client that stays open as long as the cluster; nobody else closes it. */
    KubernetesClient client();

    /** Creates a namespace with these labels. */
    void createNamespace(String name, Map<String, String> labels);

    /** Begins to delete a namespace with all it holds, and does not wait; does nothing when there is none. */
    void deleteNamespace(String name);

    /** Whether there is this namespace; it still is while its content goes. */
    boolean hasNamespace(String name);

    /** Those of these namespaces that there still are. */
    default Set<String> stillThere(Collection<String> names) {
        return names.stream().filter(this::hasNamespace).collect(Collectors.toSet());
    }

    /**
     * Kills the main process of a container with SIGKILL.
     *
     * @throws UnsupportedOperationException when that is not possible on this cluster
     */
    void kill(String namespace, String pod, String container);

    /** Why {@link #kill} is not possible, known before it is tried; empty when it is. */
    default Optional<String> killObstacle() {
        return Optional.empty();
    }

    /** Why what concerns a whole node is not possible, where a process can be killed; empty when it is. */
    default Optional<String> nodeObstacle() {
        return Optional.empty();
    }

    /** What keeps a namespace that is being deleted: conditions, and objects that wait for finalizers; a line each. */
    List<String> keeping(String namespace);

    /** What the cluster tells about a namespace, in the order of time. */
    List<ClusterEvent> events(String namespace);

    /** What tests can do to it besides, if it is an embedded one. */
    default Optional<Faults> faults() {
        return Optional.empty();
    }

    /**
     * Writes what the cluster knows about a namespace into files: objects, events and logs, but no Secrets. What Secrets hide is
     * taken out of all files of the directory, and what is too large is cut.
     *
     * @param directory where to; it exists
     */
    void describe(String namespace, Path directory);

    /** Takes what Secrets of a namespace hide out of all files of a directory, and cuts what is too large. */
    void hideSecrets(String namespace, Path directory);

    /** Ends the cluster, or lets go of one that existed before. */
    @Override
    void close();
}
