package io.statefulkit.samples.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLSocket;

/**
 * Reads a list to its last byte over one connection, in one thread and without a look at it. What this thread spends is left
 * out of the processor time: the rest of the JVM is the server. The other server is idle meanwhile.
 */
final class RawLists {

    private static final int SIZE = 64 * 1024;

    private final byte[] request;
    private final SSLSocket socket;
    private final InputStream in;

    private RawLists(SSLSocket socket, String request) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), SIZE);
        this.request = request.getBytes(StandardCharsets.US_ASCII);
    }

    /** Duration and the server's processor time of one list in milliseconds. */
    record Cost(double duration, double server) {}

    /** Measures so many lists after as many that do not count. */
    static Cost of(KubernetesClient client, String path, String encoding, int lists) throws Exception {
        URL url = client.getMasterUrl();
        String token = client.getConfiguration().getOauthToken();
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: " + encoding + "\r\n"
                + (token == null ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n";
        try (SSLSocket socket = (SSLSocket) SSLUtils.sslContext(client.getConfiguration())
                .getSocketFactory()
                .createSocket(url.getHost(), url.getPort())) {
            return new RawLists(socket, request).measure(lists);
        }
    }

    private Cost measure(int lists) throws Exception {
        for (int i = 0; i < lists; i++) {
            list();
        }
        double before = othersMillis();
        double duration = Samples.medianMillis(0, lists, this::list);
        return new Cost(duration, (othersMillis() - before) / lists);
    }

    private static double othersMillis() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return (system.getProcessCpuTime() - ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()) / 1e6;
    }

    private long list() throws IOException {
        socket.getOutputStream().write(request);
        String head = head().toLowerCase(Locale.ROOT);
        int at = head.indexOf("content-length: ");
        if (!head.startsWith("http/1.1 200 ") || at < 0) {
            throw new IOException("expected a list with its length, but was " + head);
        }
        int start = at + "content-length: ".length();
        long length = Long.parseLong(head.substring(start, head.indexOf('\r', start)));
        in.skipNBytes(length);
        return length;
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the server closed the connection after " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
