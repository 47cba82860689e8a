package io.statefulkit.cluster.k3s;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where a Docker engine answers. Asked without a library, since those that there are ask again and again for minutes.
 *
 * @param engine {@code unix:///path} or {@code tcp://host:port}
 */
record EngineSocket(URI engine) {

    private static final int USUAL_PORT = 2375;
    private static final int LONGEST_ANSWER = 64 * 1024;

    /** A status, and the beginning of a body. */
    record Answer(int status, String body) {}

    /**
     * Asks for a path.
     *
     * @throws TimeoutException when there is no whole answer within this time
     * @throws IOException when nobody listens, or what comes is no answer
     */
    Answer get(String path, Duration limit) throws IOException, TimeoutException {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        boolean isUnix = "unix".equals(engine.getScheme());
        try (SocketChannel socket = isUnix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open()) {
            Thread asking = new Thread(() -> ask(socket, path, answer), "statefulkit-engine");
            asking.setDaemon(true);
            asking.start();
            // When the time is over, closing the socket ends the thread.
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException(String.valueOf(cause.getMessage()), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a Docker engine was asked", e);
        }
    }

    private void ask(SocketChannel socket, String path, CompletableFuture<Answer> answer) {
        try {
            socket.connect(address());
            // Without a later version, the engine closes the connection at the end of its answer.
            ByteBuffer question = StandardCharsets.US_ASCII.encode(
                    "GET " + path + " HTTP/1.0\r\nHost: docker\r\nAccept: application/json\r\n\r\n");
            while (question.hasRemaining()) {
                int unused = socket.write(question);
            }
            try (InputStream in = Channels.newInputStream(socket)) {
                answer.complete(parsed(new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8)));
            }
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private SocketAddress address() {
        return "unix".equals(engine.getScheme())
                ? UnixDomainSocketAddress.of(engine.getPath())
                : new InetSocketAddress(engine.getHost(), engine.getPort() < 0 ? USUAL_PORT : engine.getPort());
    }

    private static Answer parsed(String answer) {
        String[] headAndBody = answer.split("\r\n\r\n", 2);
        if (!headAndBody[0].matches("(?s)HTTP/1\\.\\d \\d{3}.*") || headAndBody.length < 2) {
            throw new IllegalStateException("it answers, but not as a Docker engine does");
        }
        return new Answer(Integer.parseInt(headAndBody[0].split(" ", 3)[1].substring(0, 3)), headAndBody[1]);
    }
}
