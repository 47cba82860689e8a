package io.statefulkit.handle.connection;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.deploy.watch.WorkloadWatch;
import io.statefulkit.internal.Checks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local port that leads to the workload for as long as it is open: each new connection goes to the pod that is ready
 * then, so the port survives the replacement of pods. A connection to a pod that is gone is closed, so that no client
 * waits for an answer that never comes. While no pod is ready, a new connection waits 15 seconds, unless said otherwise, and is then
 * reset.
 *
 * <p>A pod that runs on this machine is dialled over its own address, others through the API server.
 *
 * <p>Listens on 127.0.0.1 only. Safe for use by many threads.
 */
public final class Forward implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Forward.class);
    private static final Duration NO_POD = Duration.ofSeconds(15);

    private final WorkloadWatch watch;
    private final ServerSocket server;
    private final ExecutorService threads;
    private final OpenConnections connections = new OpenConnections();
    private final PodDialer dialer;

    private Forward(
            KubernetesClient client,
            WorkloadWatch watch,
            Predicate<Pod> which,
            int remotePort,
            Duration noPod,
            ServerSocket server) {
        this.watch = watch;
        this.server = server;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "statefulkit-forward-" + server.getLocalPort());
            thread.setDaemon(true);
            return thread;
        });
        this.dialer = new PodDialer(client, watch, which, remotePort, noPod, connections, threads);
    }

    /**
     * Opens a local port.
     *
     * @param client the client, which stays open
     * @param ref the workload
     * @param selector the labels of its pods
     * @param which which of its ready pods will do
     * @param remotePort the port in the pod
     */
    static Forward open(
            KubernetesClient client,
            WorkloadRef ref,
            Map<String, String> selector,
            Predicate<Pod> which,
            int remotePort) {
        return open(client, ref, selector, which, remotePort, NO_POD);
    }

    /** Opens a local port whose new connections wait so long for a pod that is ready. */
    static Forward open(
            KubernetesClient client,
            WorkloadRef ref,
            Map<String, String> selector,
            Predicate<Pod> which,
            int remotePort,
            Duration noPod) {
        Checks.between(1, 65_535, remotePort, "port");
        WorkloadWatch watch = WorkloadWatch.openWithoutEvents(client, ref, selector);
        try {
            Forward forward = new Forward(client, watch, which, remotePort, noPod, Sockets.listen());
            forward.threads.execute(forward::accept);
            forward.threads.execute(forward::closeWhatIsGone);
            return forward;
        } catch (IOException e) {
            watch.close();
            throw new UncheckedIOException("no local port can be opened on 127.0.0.1", e);
        }
    }

    /** Returns the local port. */
    public int port() {
        return server.getLocalPort();
    }

    /** Returns the local address and port. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** Returns how many connections there are. */
    public int connections() {
        return connections.linked();
    }

    private void accept() {
        while (!connections.closed()) {
            try {
                accepted(server.accept());
            } catch (IOException e) {
                if (!connections.closed()) {
                    LOG.warn("the local port {} takes no more connections", port(), e);
                    close();
                }
            }
        }
    }

    private void accepted(Socket socket) {
        connections.waits(socket);
        try {
            threads.execute(() -> dialer.serve(socket));
        } catch (RejectedExecutionException e) {
            // It came while the port was being closed, and was not among those that were reset then.
            connections.waitsNoMore(socket);
            Sockets.reset(socket);
        }
    }

    private void closeWhatIsGone() {
        try {
            while (!connections.closed()) {
                long seen = watch.changes();
                connections.endOthers(watch.state().pods().stream()
                        .filter(pod -> !Pods.ended(pod))
                        .map(Pods::uid)
                        .collect(Collectors.toSet()));
                watch.awaitChange(seen, Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the port and all connections; when it returns, its threads have done their last work. */
    @Override
    public void close() {
        if (!connections.beginToClose()) {
            return;
        }
        Sockets.close(server);
        connections.end();
        watch.close();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("threads of the local port {} do not end", port());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
