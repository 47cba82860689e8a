package io.statefulkit.handle.connection;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.deploy.watch.WorkloadWatch;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads the connections of a local port to a pod that is ready: over its own address when it runs on this machine, else through the API
 * server. Who finds none in time is turned away.
 */
final class PodDialer {

    private static final Logger LOG = LoggerFactory.getLogger(PodDialer.class);
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final int FORBIDDEN = 403;

    private final KubernetesClient client;
    private final WorkloadWatch watch;
    private final Predicate<Pod> which;
    private final int remotePort;
    private final Duration noPod;
    private final OpenConnections connections;
    private final Executor threads;
    private final LocalPods localPods;

    /**
     * Creates what dials pods of a workload.
     *
     * @param client the client, which stays open
     * @param watch sees the workload
     * @param which which of its ready pods will do
     * @param remotePort the port in the pod
     * @param noPod how long a connection waits for a pod that is ready
     * @param connections those of the local port
     * @param threads carry what comes from pods
     */
    PodDialer(
            KubernetesClient client,
            WorkloadWatch watch,
            Predicate<Pod> which,
            int remotePort,
            Duration noPod,
            OpenConnections connections,
            Executor threads) {
        this.client = client;
        this.watch = watch;
        this.which = which;
        this.remotePort = remotePort;
        this.noPod = noPod;
        this.connections = connections;
        this.threads = threads;
        this.localPods = LocalPods.of(client);
    }

    /** Serves a connection until it is over. */
    void serve(Socket socket) {
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
            connections.waitsNoMore(socket);
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
            if (left.isNegative() || connections.closed()) {
                throw new IOException("no pod of " + watch.ref() + " is ready");
            }
            watch.awaitChange(seen, left);
        }
    }

    private void link(Socket socket, Pod pod) {
        Optional<Socket> direct = localPods.dial(pod, remotePort);
        if (direct.isPresent()) {
            DirectLink[] self = new DirectLink[1];
            DirectLink link = new DirectLink(socket, direct.get(), Pods.uid(pod), () -> connections.over(self[0]));
            self[0] = link;
            connections.opened(socket, link);
            link.run(threads);
        } else {
            tunnel(socket, pod);
        }
    }

    private void tunnel(Socket socket, Pod pod) {
        Tunnel[] self = new Tunnel[1];
        Tunnel tunnel = new Tunnel(socket, Pods.uid(pod), () -> connections.over(self[0]));
        self[0] = tunnel;
        String path = "api/v1/namespaces/" + watch.ref().namespace() + "/pods/" + Pods.name(pod) + "/portforward?ports="
                + remotePort;
        ChannelSocket remote = ChannelSocket.open(client, path, tunnel, CONNECT);
        connections.opened(socket, tunnel);
        tunnel.run(remote, threads);
    }
}
