package io.statefulkit.embedded.node.probe;

import io.fabric8.kubernetes.api.model.HTTPHeader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Asks over HTTP as a kubelet does: certificates are not checked, and redirects are followed on the same host. Written by
 * hand, since the clients of the JDK do not let {@code Host} be set.
 */
final class HttpProbe {

    private static final int MOST_REDIRECTS = 10;

    private final List<HTTPHeader> headers;
    private final long deadline;

    HttpProbe(List<HTTPHeader> headers, Duration timeout) {
        this.headers = headers;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    /** Asks; any answer from 200 to 399 is a success. */
    ProbeResult ask(URI first) {
        URI url = first;
        try {
            for (int i = 0; i < MOST_REDIRECTS; i++) {
                HttpAnswer answer = get(url);
                if (answer.code() < 200 || answer.code() >= 400) {
                    return ProbeResult.failure("HTTP probe failed with statuscode: " + answer.code());
                }
                if (answer.code() < 300) {
                    return ProbeResult.OK;
                }
                URI next = answer.location().isEmpty() ? url : url.resolve(answer.location());
                if (answer.location().isEmpty() || !first.getHost().equals(next.getHost())) {
                    return ProbeResult.warning("Probe terminated redirects, Response body: " + answer.body());
                }
                url = next;
            }
            return ProbeResult.failure("Get \"" + url + "\": stopped after " + MOST_REDIRECTS + " redirects");
        } catch (SocketTimeoutException e) {
            return ProbeResult.failure("Get \"" + url + "\": context deadline exceeded (Client.Timeout exceeded while"
                    + " awaiting headers)");
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return ProbeResult.failure("Get \"" + url + "\": " + e.getMessage());
        }
    }

    private HttpAnswer get(URI url) throws IOException, GeneralSecurityException {
        boolean secure = url.getScheme().equals("https");
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        try (Socket plain = new Socket()) {
            connect(plain, url.getHost(), port);
            plain.setSoTimeout(left());
            if (!secure) {
                return exchange(plain, url);
            }
            try (SSLSocket socket =
                    (SSLSocket) trusting().getSocketFactory().createSocket(plain, url.getHost(), port, false)) {
                return exchange(socket, url);
            }
        }
    }

    private void connect(Socket socket, String host, int port) throws IOException {
        try {
            socket.connect(new InetSocketAddress(host, port), left());
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("dial tcp " + host + ":" + port + ": " + NetworkProbes.reason(e), e);
        }
    }

    private HttpAnswer exchange(Socket socket, URI url) throws IOException {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        StringBuilder request = new StringBuilder("GET " + path + query + " HTTP/1.1\r\n");
        for (String line : lines(url.getRawAuthority())) {
            request.append(line.replaceAll("[\r\n]", " ")).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return HttpAnswer.read(untilDeadline(socket));
    }

    /** The limit of a socket is for one read, that of a probe for all of them: a server may answer byte by byte. */
    private InputStream untilDeadline(Socket socket) throws IOException {
        return new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                socket.setSoTimeout(left());
                return super.read(bytes, from, length);
            }
        };
    }

    private List<String> lines(String authority) {
        List<String> lines = new ArrayList<>();
        lines.add("Host: " + given("Host", authority));
        lines.add("User-Agent: " + given("User-Agent", "kube-probe/1.36"));
        lines.add("Accept: " + given("Accept", "*/*"));
        lines.add("Connection: close");
        for (HTTPHeader header : headers) {
            boolean there = List.of("host", "user-agent", "accept", "connection").stream()
                    .anyMatch(header.getName()::equalsIgnoreCase);
            if (!there) {
                lines.add(header.getName() + ": " + header.getValue());
            }
        }
        return lines;
    }

    private String given(String name, String otherwise) {
        return headers.stream()
                .filter(header -> header.getName().equalsIgnoreCase(name))
                .map(HTTPHeader::getValue)
                .findFirst()
                .orElse(otherwise);
    }

    private int left() throws SocketTimeoutException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private static SSLContext trusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustingEverybody()}, null);
        return context;
    }
}
