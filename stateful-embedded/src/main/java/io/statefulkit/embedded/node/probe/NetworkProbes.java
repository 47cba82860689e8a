package io.statefulkit.embedded.node.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
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
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(target, port(port)), (int) timeout.toMillis());
            return ProbeResult.OK;
        } catch (IOException | IllegalArgumentException e) {
            return ProbeResult.failure("dial tcp " + target + ":" + text(port) + ": " + reason(e));
        }
    }

    /** Asks over HTTP; any answer from 200 to 399 is a success. */
    public ProbeResult http(HTTPGetAction action, Duration timeout) {
        String scheme = "HTTPS".equals(action.getScheme()) ? "https" : "http";
        String path = action.getPath() == null ? "/" : action.getPath();
        String url = scheme + "://" + host(action.getHost()) + ":";
        try {
            url += port(action.getPort()) + (path.startsWith("/") ? path : "/" + path);
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
            try {
                connection.setConnectTimeout((int) timeout.toMillis());
                connection.setReadTimeout((int) timeout.toMillis());
                connection.setInstanceFollowRedirects(false);
                connection.setRequestProperty("User-Agent", "kube-probe/1.36");
                connection.setRequestProperty("Connection", "close");
                for (HTTPHeader header : action.getHttpHeaders()) {
                    connection.setRequestProperty(header.getName(), header.getValue());
                }
                int code = connection.getResponseCode();
                return code >= 200 && code < 400
                        ? ProbeResult.OK
                        : ProbeResult.failure("HTTP probe failed with statuscode: " + code);
            } finally {
                connection.disconnect();
            }
        } catch (IOException | IllegalArgumentException e) {
            return ProbeResult.failure("Get \"" + url + "\": " + reason(e));
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

    private static String text(IntOrString port) {
        return port.getIntVal() == null ? port.getStrVal() : port.getIntVal().toString();
    }

    private String host(String given) {
        return given == null || given.isEmpty() || given.equals("localhost") || given.equals("127.0.0.1")
                ? podIp
                : given;
    }

    private static String reason(Exception problem) {
        String message = String.valueOf(problem.getMessage());
        return message.startsWith("Connection refused") ? "connect: connection refused" : message;
    }
}
