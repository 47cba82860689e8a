package io.statefulkit.embedded;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A Kubernetes in this JVM: API server, controllers, and a node whose containers are processes of this machine. No Docker,
 * no root, no network: the API server listens on 127.0.0.1 and takes only requests that carry the token of its
 * {@linkplain #kubeconfig() kubeconfig}.
 *
 * <pre>{@code
 * try (EmbeddedCluster cluster = EmbeddedCluster.start()) {
 *     cluster.client().pods().inNamespace("default").list();
 * }
 * }</pre>
 *
 * <p>Closing it leaves no process, port or file behind; so does the end of the JVM. Safe for use by many threads.
 */
public final class EmbeddedCluster implements AutoCloseable {

    private final Parts parts;
    private final KubernetesClient client;
    private final Thread hook;

    private EmbeddedCluster(Parts parts) {
        this.parts = parts;
        this.client = parts.shutdown().add(ClusterClient.of(parts.kubeconfig()));
        this.hook = new Thread(parts.shutdown()::close, "statefulkit-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a cluster with the {@linkplain EmbeddedOptions#defaults() default options}.
     *
     * @throws IllegalStateException when there is an {@linkplain #obstacle() obstacle}, or the cluster cannot start; the message
     *     says why and what to do
     */
    public static EmbeddedCluster start() {
        return start(EmbeddedOptions.defaults());
    }

    /**
     * Starts a cluster.
     *
     * @throws IllegalStateException when there is an {@linkplain #obstacle() obstacle}, or the port or directory cannot be used;
     *     the message says why and what to do
     */
    public static EmbeddedCluster start(EmbeddedOptions options) {
        obstacle().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        Parts parts = Parts.start(options);
        try {
            return new EmbeddedCluster(parts);
        } catch (RuntimeException e) {
            // No client can be made, or the JVM ends already: nobody could close what runs.
            throw parts.failed(e);
        }
    }

    /** Returns why none can start on this machine, and what to do; empty where one can. Starts nothing. */
    public static Optional<String> obstacle() {
        return Platform.here().obstacle();
    }

    /**
     * Returns a client of this cluster; it is closed with the cluster, and need not be closed before. It takes long lists
     * compressed.
     */
    public KubernetesClient client() {
        return client;
    }

    /** Returns the kubeconfig file, for {@code kubectl --kubeconfig} and for other clients; it goes with the cluster. */
    public Path kubeconfig() {
        return parts.kubeconfigFile();
    }

    /** Returns the address of the API server, such as {@code https://127.0.0.1:43211}. */
    public String url() {
        return parts.kubeconfig().server();
    }

    /** Returns what breaks things on purpose. */
    public Faults faults() {
        return parts.faults();
    }

    /**
     * Moves the time of this cluster forward: what is due by then happens now, such as the runs of cron jobs and the end of
     * finished jobs with a {@code ttlSecondsAfterFinished}. Of several missed runs of one cron job only the last is started,
     * as on any cluster: skip to each run for each to happen. Containers have the time of the machine.
     *
     * @throws IllegalArgumentException when the duration is negative
     */
    public void skipTime(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time goes forward only: " + by);
        }
        parts.skipper().accept(by);
    }

    /**
     * Stops all containers and the cluster. Idempotent.
     *
     * @throws IllegalStateException when a part could not be stopped; the others are stopped all the same
     */
    @Override
    public void close() {
        try {
            parts.shutdown().close();
        } finally {
            forgetHook();
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already: the hook has run, or runs now.
            return;
        }
    }
}
