package io.statefulkit.handle.connection;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.watch.Pods;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to pods over their own address when they run on this machine, and the API server does, too. The address of a pod
 * means nothing elsewhere: another machine may be behind it, so that being reachable is not enough.
 */
final class LocalPods {

    private static final Logger LOG = LoggerFactory.getLogger(LocalPods.class);
    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final String SETTING = "statefulkit.forward";

    private final boolean localCluster;
    /**
     * Pods of which a connection got no answer, since a policy may be in between: each would cost the whole time again. One that is refused
     * costs nothing, and the next may not be: the server may be starting.
     */
    private final Set<String> deaf = ConcurrentHashMap.newKeySet();

    private LocalPods(boolean localCluster) {
        this.localCluster = localCluster;
    }

    static LocalPods of(KubernetesClient client) {
        boolean allowed = !"api".equals(System.getProperty(SETTING));
        return new LocalPods(allowed && isHere(client.getMasterUrl().getHost()));
    }

    /** Returns a connection to a port of a pod; empty when the API server has to be asked for one. */
    Optional<Socket> dial(Pod pod, int port) {
        PodStatus status = pod.getStatus();
        if (!localCluster
                || status == null
                || status.getPodIP() == null
                || status.getHostIP() == null
                || deaf.contains(Pods.uid(pod))
                || !isHere(status.getHostIP())) {
            return Optional.empty();
        }
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(status.getPodIP(), port), (int) CONNECT.toMillis());
            return Optional.of(socket);
        } catch (IOException e) {
            LOG.debug("pod {} takes no connection over its address", Pods.name(pod), e);
            Sockets.close(socket);
            if (e instanceof SocketTimeoutException) {
                deaf.add(Pods.uid(pod));
            }
            return Optional.empty();
        }
    }

    private static boolean isHere(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            LOG.debug("{} is not known to be this machine", host, e);
            return false;
        }
    }
}
