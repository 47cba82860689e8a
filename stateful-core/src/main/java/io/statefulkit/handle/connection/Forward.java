package io.statefulkit.handle.connection;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final int FORBIDDEN = 403;

    private final KubernetesClient client;
    private final WorkloadWatch watch;
    private final Predicate<Pod> which;
    private final int remotePort;
    private final Duration noPod;
    private final ServerSocket server;
    private final ExecutorService threads;
    private final LocalPods localPods;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Set<Socket> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Forward(
            KubernetesClient client,
            WorkloadWatch watch,
            Predicate<Pod> which,
            int remotePort,
            Duration noPod,
            ServerSocket server) {
        this.client = client;
        this.localPods = LocalPods.of(client);
        this.watch = watch;
        this.which = which;
        this.remotePort = remotePort;
        this.noPod = noPod;
        this.server = server;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "statefulkit-forward-" + server.getLocalPort());
            thread.setDaemon(true);
            return thread;
        });
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
        return links.size();
    }

    private void accept() {
        while (!closed.get()) {
            try {
                accepted(server.accept());
            } catch (IOException e) {
                if (!closed.get()) {
                    LOG.warn("the local port {} takes no more connections", port(), e);
                    close();
                }
            }
        }
    }

    private void accepted(Socket socket) {
        waiting.add(socket);
        try {
            threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
            // It came while the port was being closed, and was not among those that were reset then.
            waiting.remove(socket);
            Sockets.reset(socket);
        }
    }

    private void serve(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            dial(socket);
        } catch (IOException | KubernetesClientException | CancellationException e) {
            tell(e);
            refuse(socket);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Sockets.reset(socket);
        } finally {
            waiting.remove(socket);
        }
    }

    /** A client sees only that its connection ends; what no other try can change is told here. */
    private void tell(Exception why) {
        if (why instanceof KubernetesClientException refusal && refusal.getCode() == FORBIDDEN) {
            LOG.warn(
                    "connections to {} end at once, since they are not permitted: grant the verbs get and create of"
                            + " pods/portforward in namespace {}",
                    watch.ref(),
                    watch.ref().namespace(),
                    why);
        } else {
            LOG.debug("a new connection to {} is not served", watch.ref(), why);
        }
    }

    /** Who does not want to wait tries often, and must not find each time that its connection broke. */
    private void refuse(Socket socket) {
        if (noPod.isZero()) {
            Sockets.turnAway(socket);
        } else {
            Sockets.reset(socket);
        }
    }

    private void dial(Socket socket) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            long seen = watch.changes();
            Duration left = noPod.minusNanos(System.nanoTime() - start);
            Optional<Pod> pod = watch.state().livePods().stream()
                    .filter(Pods::ready)
                    .filter(which)
                    .findFirst();
            if (pod.isPresent()) {
                try {
                    link(socket, pod.get());
                    return;
                } catch (KubernetesClientException e) {
                    if (e.getCode() == FORBIDDEN) {
                        throw e;
                    }
                    // The pod may have gone in this very moment; another one may take its place.
                    LOG.debug("pod {} does not take a connection", Pods.name(pod.get()), e);
                }
            }
            if (left.isNegative() || closed.get()) {
                throw new IOException("no pod of " + watch.ref() + " is ready");
            }
            watch.awaitChange(seen, left);
        }
    }

    private void link(Socket socket, Pod pod) {
        Optional<Socket> direct = localPods.dial(pod, remotePort);
        if (direct.isPresent()) {
            DirectLink[] self = new DirectLink[1];
            DirectLink link = new DirectLink(socket, direct.get(), Pods.uid(pod), () -> links.remove(self[0]));
            self[0] = link;
            opened(socket, link);
            link.run(threads);
        } else {
            tunnel(socket, pod);
        }
    }

    private void tunnel(Socket socket, Pod pod) {
        Tunnel[] self = new Tunnel[1];
        Tunnel tunnel = new Tunnel(socket, Pods.uid(pod), () -> links.remove(self[0]));
        self[0] = tunnel;
        String path = "api/v1/namespaces/" + watch.ref().namespace() + "/pods/" + Pods.name(pod) + "/portforward?ports="
                + remotePort;
        ChannelSocket remote = ChannelSocket.open(client, path, tunnel, CONNECT);
        opened(socket, tunnel);
        tunnel.run(remote, threads);
    }

    private void opened(Socket socket, Link link) {
        links.add(link);
        waiting.remove(socket);
        if (closed.get()) {
            link.abort();
        }
    }

    private void closeWhatIsGone() {
        try {
            while (!closed.get()) {
                long seen = watch.changes();
                Set<String> there = watch.state().pods().stream()
                        .filter(pod -> !Pods.ended(pod))
                        .map(Pods::uid)
                        .collect(Collectors.toSet());
                links.stream().filter(link -> !there.contains(link.podUid())).forEach(Link::abort);
                watch.awaitChange(seen, Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the port and all connections; when it returns, its threads have done their last work. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Sockets.close(server);
        waiting.forEach(Sockets::reset);
        links.forEach(Link::abort);
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
