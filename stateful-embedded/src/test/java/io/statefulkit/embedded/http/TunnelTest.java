package io.statefulkit.embedded.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Port-forward as kubectl asks for it. */
class TunnelTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final FakeContainers containers = new FakeContainers();
    private final Gateway gateway = Gateway.start(new FakeApi(), containers, Clock.systemUTC(), "secret", 0);
    private final Vertx vertx = Vertx.vertx();
    private final SpdyClient client = new SpdyClient();

    @AfterEach
    void close() {
        vertx.close();
        gateway.close();
    }

    @Test
    void several_connections_share_a_tunnel_and_each_direction_ends_apart() throws Exception {
        try (ServerSocket backend = backend()) {
            WebSocket tunnel = tunnel();
            forward(tunnel, 0);
            try (Socket first = backend.accept()) {
                forward(tunnel, 1);
                try (Socket second = backend.accept()) {
                    client.send(tunnel, 3, "to the first", true);
                    client.send(tunnel, 7, "to the second", false);
                    assertThat(new String(first.getInputStream().readAllBytes(), UTF_8))
                            .isEqualTo("to the first");
                    assertThat(new String(second.getInputStream().readNBytes(13), UTF_8))
                            .isEqualTo("to the second");
                    first.getOutputStream().write("still answered".getBytes(UTF_8));
                    first.shutdownOutput();
                    await().atMost(LIMIT).until(() -> client.ended.contains(3) && client.ended.contains(1));
                    assertThat(client.received(3)).isEqualTo("still answered");
                    assertThat(client.ended).doesNotContain(7, 5);
                    second.getOutputStream().write("alive".getBytes(UTF_8));
                    await().atMost(LIMIT).until(() -> client.received(7).equals("alive"));
                }
            }
            assertThat(client.received(1)).isEmpty();
            client.ping(tunnel);
            await().atMost(LIMIT).until(() -> client.pings == 1);
            tunnel.close();
        }
    }

    @Test
    void a_large_answer_arrives_whole_though_the_client_is_slow() throws Exception {
        try (ServerSocket backend = backend()) {
            WebSocket tunnel = tunnel();
            forward(tunnel, 0);
            try (Socket accepted = backend.accept()) {
                accepted.getOutputStream().write("x".repeat(5_000_000).getBytes(UTF_8));
            }
            await().atMost(LIMIT).until(() -> client.ended.contains(3));
            assertThat(client.received(3)).hasSize(5_000_000);
            tunnel.close();
        }
    }

    @Test
    void a_dead_target_is_told_on_the_stream_for_errors() throws Exception {
        backend().close();
        WebSocket tunnel = tunnel();
        forward(tunnel, 0);
        await().atMost(LIMIT).until(() -> client.ended.contains(1) && client.ended.contains(3));
        assertThat(client.received(1))
                .contains("error forwarding port 5432 to pod p, uid : ", "connect: connection refused");
        tunnel.close();
    }

    private ServerSocket backend() throws IOException {
        ServerSocket backend = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        backend.setSoTimeout(60_000);
        containers.backend = new InetSocketAddress(backend.getInetAddress(), backend.getLocalPort());
        return backend;
    }

    private void forward(WebSocket tunnel, int request) {
        int error = 4 * request + 1;
        client.open(tunnel, error, "error", request, 5432);
        client.send(tunnel, error, "", true);
        client.open(tunnel, error + 2, "data", request, 5432);
        await().atMost(LIMIT).until(() -> client.accepted.contains(error + 2));
    }

    private WebSocket tunnel() {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(gateway.port())
                .setSsl(true)
                .setURI("/api/v1/namespaces/n/pods/p/portforward")
                .addHeader("Authorization", "Bearer secret")
                .addSubProtocol("SPDY/3.1+portforward.k8s.io");
        WebSocket tunnel = vertx.createWebSocketClient(
                        new WebSocketClientOptions().setTrustAll(true).setVerifyHost(false))
                .connect(options)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        tunnel.handler(client::receive);
        return tunnel;
    }
}
