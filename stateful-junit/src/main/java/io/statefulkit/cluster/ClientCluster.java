package io.statefulkit.cluster;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A cluster that is used through its API server only, but for what is given.
 *
 * @param provider its kind
 * @param client its client
 * @param kubeconfig the file that leads to it
 * @param killing kills the main process of a container
 * @param end ends the cluster
 */
record ClientCluster(
        ProviderKind provider, KubernetesClient client, Path kubeconfig, Killing killing, AutoCloseable end)
        implements Cluster {

    /** Kills a process from outside of its container. */
    @FunctionalInterface
    interface Killing {
        void kill(String namespace, String pod, String container);
    }

    @Override
    public String version() {
        return Objects.requireNonNullElse(client.getKubernetesVersion().getGitVersion(), "of unknown version");
    }

    @Override
    public void createNamespace(String name, Map<String, String> labels) {
        Namespace namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build();
        client.resource(namespace).create();
    }

    @Override
    public void deleteNamespace(String name) {
        client.namespaces().withName(name).delete();
    }

    @Override
    public boolean hasNamespace(String name) {
        return client.namespaces().withName(name).get() != null;
    }

    @Override
    public void kill(String namespace, String pod, String container) {
        killing.kill(namespace, pod, container);
    }

    @Override
    public void describe(String namespace, Path directory) {
        new NamespaceDump(client, namespace, directory).write();
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
