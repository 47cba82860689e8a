package io.statefulkit.embedded.node.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/** Probes over the network of a pod; each call blocks for the timeout at most. */
public final class NetworkProbes {

    private final Container container;
    private final String podIp;

    /** Takes the container, for the names of its ports, and the address of its pod. */
    public NetworkProbes(Container container, String podIp) {
        this.container = container;
        this.podIp = podIp;
    }

    /** Connects. */
    public ProbeResult tcp(String host, IntOrString port, Duration timeout) {
        String target = host(host);
        int number;
        try {
            number = port(port);
        } catch (IllegalArgumentException e) {
            return ProbeResult.failure(String.valueOf(e.getMessage()));
        }
        String dialled = "dial tcp " + target + ":" + number + ": ";
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(target, number), (int) timeout.toMillis());
            return ProbeResult.OK;
        } catch (SocketTimeoutException e) {
            return ProbeResult.failure(dialled + "i/o timeout");
        } catch (IOException e) {
            return ProbeResult.failure(dialled + reason(e));
        }
    }

    /** Asks over HTTP; any answer from 200 to 399 is a success. */
    public ProbeResult http(HTTPGetAction action, Duration timeout) {
        String scheme = "HTTPS".equals(action.getScheme()) ? "https" : "http";
        String path = action.getPath() == null ? "/" : action.getPath();
        try {
            URI url = URI.create(scheme + "://" + host(action.getHost()) + ":" + port(action.getPort())
                    + (path.startsWith("/") ? path : "/" + path));
            return new HttpProbe(action.getHttpHeaders(), timeout).ask(url);
        } catch (IllegalArgumentException e) {
            return ProbeResult.failure(String.valueOf(e.getMessage()));
        }
    }

    private int port(IntOrString port) {
        if (port.getIntVal() != null) {
            return port.getIntVal();
        }
        for (ContainerPort named : container.getPorts()) {
            if (port.getStrVal().equals(named.getName())) {
                return named.getContainerPort();
            }
        }
        try {
            return Integer.parseInt(port.getStrVal());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("couldn't find port: " + port.getStrVal(), e);
        }
    }

    private String host(String given) {
        return given == null || given.isEmpty() || given.equals("localhost") || given.equals("127.0.0.1")
                ? podIp
                : given;
    }

    /** Says what went wrong in the words of a kubelet, as far as they are known. */
    static String reason(Exception problem) {
        String message = String.valueOf(problem.getMessage());
        return message.startsWith("Connection refused") ? "connect: connection refused" : message;
    }
}
