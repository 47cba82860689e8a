package io.statefulkit.handle.connection;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A WebSocket over which the API server carries several byte streams: exec and port-forward. The first byte of a message
 * is the number of the stream ({@code v4.channel.k8s.io}).
 */
final class ChannelSocket implements AutoCloseable {

    private static final String PROTOCOL = "v4.channel.k8s.io";
    /** More than this is not buffered for a server that does not read. */
    private static final long MAX_QUEUED = 1 << 20;

    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final WebSocket socket;
    private final AtomicBoolean ended;

    ChannelSocket(WebSocket socket, AtomicBoolean ended) {
        this.socket = socket;
        this.ended = ended;
    }

    /** Takes what arrives; called by one thread at a time, which must not block. */
    interface Frames {
        /** Takes the bytes of one message; no other arrives until {@code more} has run. */
        void frame(int channel, ByteBuffer data, Runnable more);

        /** Says that nothing more arrives; called once. */
        void ended(String why);
    }

    /**
     * Connects.
     *
     * @param path path and query below the address of the API server, beginning with {@code api/}
     * @throws KubernetesClientException when the API server refuses or cannot be reached
     */
    static ChannelSocket open(KubernetesClient client, String path, Frames frames, Duration timeout) {
        String base = client.getMasterUrl().toString();
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<WebSocket> opening = client.getHttpClient()
                .newWebSocketBuilder()
                .uri(URI.create(base.endsWith("/") ? base + path : base + "/" + path))
                .subprotocol(PROTOCOL)
                .buildAsync(new Listener(frames, ended));
        try {
            return new ChannelSocket(opening.get(timeout.toMillis(), TimeUnit.MILLISECONDS), ended);
        } catch (ExecutionException e) {
            throw refused(path, Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException e) {
            abandon(opening);
            throw new KubernetesClientException("no answer within " + timeout.toSeconds() + " s from " + path, e);
        } catch (InterruptedException e) {
            abandon(opening);
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while connecting to " + path);
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    private static void abandon(CompletableFuture<WebSocket> opening) {
        CompletableFuture<Void> unused = opening.thenAccept(late -> late.sendClose(1001, "not needed any more"));
    }

    private static KubernetesClientException refused(String path, Throwable cause) {
        if (cause instanceof KubernetesClientException refusal) {
            return refusal;
        }
        if (cause instanceof WebSocketHandshakeException handshake && handshake.getResponse() != null) {
            int code = handshake.getResponse().code();
            return new KubernetesClientException(
                    "the API server refused " + path + " with " + code + ": " + cause.getMessage(), code, null);
        }
        return new KubernetesClientException("cannot connect to " + path + ": " + cause.getMessage(), cause);
    }

    /**
     * Sends bytes on a stream; waits while too much is on its way already.
     *
     * @throws IOException when the connection has ended, or the thread is interrupted, whose flag stays set
     */
    void send(int channel, byte[] bytes, int length) throws IOException {
        try {
            send(channel, bytes, length, FOR_EVER);
        } catch (TimeoutException e) {
            throw new IllegalStateException("a send without a limit has come to it", e);
        }
    }

    /**
     * Sends bytes like {@link #send(int, byte[], int)}, but waits at most so long.
     *
     * @throws TimeoutException when as much is on its way as before; nothing has been sent then
     */
    void send(int channel, byte[] bytes, int length, Duration atMost) throws IOException, TimeoutException {
        long start = System.nanoTime();
        while (socket.queueSize() > MAX_QUEUED && !ended.get()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while sending to the API server");
            }
            if (System.nanoTime() - start >= atMost.toNanos()) {
                throw new TimeoutException("the other side reads nothing");
            }
            // The client has no callback for a queue that shrinks.
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
        if (ended.get()) {
            throw new IOException("the connection to the API server has ended");
        }
        ByteBuffer message = ByteBuffer.allocate(length + 1)
                .put((byte) channel)
                .put(bytes, 0, length)
                .flip();
        if (!socket.send(message)) {
            throw new IOException("the connection to the API server takes no more");
        }
    }

    @Override
    public void close() {
        // Whoever waits in send() for a server that does not read has to notice.
        if (ended.compareAndSet(false, true)) {
            socket.sendClose(1000, "done");
        }
    }

    /** Takes the messages apart. */
    private record Listener(Frames frames, AtomicBoolean hasEnded) implements WebSocket.Listener {

        @Override
        public void onMessage(WebSocket webSocket, String text) {
            webSocket.request();
        }

        @Override
        public void onMessage(WebSocket webSocket, ByteBuffer bytes) {
            if (!bytes.hasRemaining()) {
                webSocket.request();
                return;
            }
            int channel = bytes.get();
            frames.frame(channel, bytes, webSocket::request);
        }

        @Override
        public void onClose(WebSocket webSocket, int code, String reason) {
            end("closed with code " + code + (reason == null || reason.isEmpty() ? "" : ": " + reason));
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            end(error.toString());
        }

        private void end(String why) {
            if (hasEnded.compareAndSet(false, true)) {
                frames.ended(why);
            }
        }
    }
}
