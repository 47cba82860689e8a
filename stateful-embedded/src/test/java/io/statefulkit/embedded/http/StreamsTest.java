package io.statefulkit.embedded.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.statefulkit.embedded.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final FakeApi api = new FakeApi();
    private final FakeContainers containers = new FakeContainers();
    private final Gateway gateway = Gateway.start(api, containers, Clock.systemUTC(), "secret", 0);
    private final KubernetesClient client = new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder()
                    .withMasterUrl(gateway.url())
                    .withCaCertData(TestTls.encoded(gateway))
                    .withOauthToken("secret")
                    .withNamespace("n")
                    .withConnectionTimeout(60_000)
                    .withRequestTimeout(60_000)
                    .build())
            .build();

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    @Test
    void exec_returns_output_and_exit_code_to_fabric8() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ExecWatch exec = pod().writingOutput(out).writingError(err).exec("exit", "3")) {
            assertThat(exec.exitCode().get(60, TimeUnit.SECONDS)).isEqualTo(3);
        }
        assertThat(out.toString(UTF_8)).isEqualTo("bye\n");
        assertThat(err.toString(UTF_8)).isEqualTo("err\n");
    }

    @Test
    void exec_that_is_refused_is_answered_before_the_upgrade() {
        assertThatThrownBy(() -> pod().writingOutput(new ByteArrayOutputStream())
                        .exec("refuse")
                        .exitCode()
                        .get(60, TimeUnit.SECONDS))
                .hasStackTraceContaining("WebSocket upgrade failure: 400");
    }

    @Test
    void exec_takes_input_in_order_and_ends_when_the_client_goes() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder sent = new StringBuilder();
        try (ExecWatch exec = pod().redirectingInput().writingOutput(out).exec("cat")) {
            for (int i = 0; i < 500; i++) {
                sent.append("line ").append(i).append('\n');
                exec.getInput().write(("line " + i + "\n").getBytes(UTF_8));
                exec.getInput().flush();
            }
            await().atMost(LIMIT).until(() -> out.size() == sent.length());
        }
        assertThat(out.toString(UTF_8)).isEqualTo(sent.toString());
        await().atMost(LIMIT).until(() -> !containers.closed.isEmpty());
    }

    @Test
    void protocol_v5_can_close_standard_input_alone() {
        List<String> received = new CopyOnWriteArrayList<>();
        WebSocket socket = exec("v5.channel.k8s.io", received);
        assertThat(socket.getSubprotocol()).isEqualTo("v5.channel.k8s.io");
        socket.sendBinary(ByteBuffer.wrap("\u0000hello".getBytes(UTF_8)), true).join();
        socket.sendBinary(ByteBuffer.wrap(new byte[] {(byte) 255, 0}), true).join();
        await().atMost(LIMIT).until(() -> received.contains("closed 1000"));
        assertThat(received)
                .containsExactly("\u0001hello", "\u0003{\"metadata\":{},\"status\":\"Success\"}", "closed 1000");
    }

    @Test
    void a_node_that_refuses_says_why_on_a_socket_of_v5_and_in_an_answer_to_the_others() {
        List<String> received = new CopyOnWriteArrayList<>();
        exec("v5.channel.k8s.io", received, "stop");
        await().atMost(LIMIT).until(() -> received.contains("closed 1000"));
        assertThat(received.get(0))
                .startsWith("\u0003{\"kind\":\"Status\"")
                .contains("Internal error occurred: unable to upgrade connection: container not found (\\\"c\\\")");
        assertThatThrownBy(() -> exec("v4.channel.k8s.io", received, "stop"))
                .hasStackTraceContaining("Unexpected HTTP response status code 500");
    }

    @Test
    void the_size_of_the_terminal_is_passed_on() {
        List<String> received = new CopyOnWriteArrayList<>();
        WebSocket socket = exec("v4.channel.k8s.io", received);
        byte[] size = "\u0004{\"Width\":80,\"Height\":24}".getBytes(UTF_8);
        socket.sendBinary(ByteBuffer.wrap(size), true).join();
        await().atMost(LIMIT).until(() -> received.contains("\u000180x24"));
        socket.abort();
    }

    @Test
    void a_port_forward_carries_bytes_both_ways_and_closes_with_its_backend() throws Exception {
        try (ServerSocket backend = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            containers.backend = new InetSocketAddress(backend.getInetAddress(), backend.getLocalPort());
            try (LocalPortForward forward =
                            client.pods().inNamespace("n").withName("p").portForward(5432);
                    Socket local = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort())) {
                local.setSoTimeout(60_000);
                local.getOutputStream().write("ping".getBytes(UTF_8));
                try (Socket remote = backend.accept()) {
                    assertThat(remote.getInputStream().readNBytes(4)).isEqualTo("ping".getBytes(UTF_8));
                    byte[] large = new byte[1_000_000];
                    Arrays.fill(large, (byte) 'x');
                    remote.getOutputStream().write(large);
                }
                assertThat(local.getInputStream().readAllBytes()).hasSize(1_000_000);
            }
        }
    }

    @Test
    void the_last_of_many_ports_is_reached_as_the_first_one_is() throws Exception {
        int ports = 70;
        List<Socket> accepted = new ArrayList<>();
        try (ServerSocket backend = new ServerSocket(0, ports, InetAddress.getLoopbackAddress())) {
            backend.setSoTimeout(60_000);
            containers.backend = new InetSocketAddress(backend.getInetAddress(), backend.getLocalPort());
            WebSocket socket = webSocket(
                    "v4.channel.k8s.io",
                    "portforward?ports=" + String.join(",", Collections.nCopies(ports, "5432")),
                    new CopyOnWriteArrayList<>());
            for (int i = 0; i < ports; i++) {
                accepted.add(backend.accept());
            }
            socket.sendBinary(ByteBuffer.wrap(new byte[] {(byte) (2 * (ports - 1)), 'x'}), true)
                    .join();

            await().atMost(LIMIT).until(() -> readable(accepted));
            socket.abort();
        } finally {
            for (Socket each : accepted) {
                each.close();
            }
        }
    }

    private static boolean readable(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            if (socket.getInputStream().available() > 0) {
                return true;
            }
        }
        return false;
    }

    @Test
    void a_watch_over_a_websocket_sees_what_happens() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        Watch watch = client.configMaps().inNamespace("n").watch(watcher(seen));
        try (watch) {
            await().atMost(LIMIT).until(() -> !api.watchers.isEmpty());
            client.configMaps()
                    .inNamespace("n")
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("seen")
                            .endMetadata()
                            .build())
                    .create();
            assertThat(seen.get(60, TimeUnit.SECONDS)).isEqualTo("ADDED seen");
        }
        await().atMost(LIMIT).until(api.watchers::isEmpty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec?command=cat&stdin=1&stdout=1", "log?follow=true"})
    void what_a_client_asked_for_ends_though_the_client_left_before_it_began(String stream) throws Exception {
        askAndLeave("/api/v1/namespaces/n/pods/p/" + stream);

        await().atMost(LIMIT).until(() -> !containers.closed.isEmpty());
    }

    @Test
    void a_watch_ends_though_its_client_left_before_it_began() throws Exception {
        askAndLeave("/api/v1/namespaces/n/configmaps?watch=1");

        await().atMost(LIMIT).until(() -> api.watched.get() == 1 && api.watchers.isEmpty());
    }

    /** The server looks at the request only when it knows that the client is gone, or nearly so. */
    private void askAndLeave(String path) throws IOException {
        gateway.slow(Duration.ofMillis(500));
        try (Socket socket = TestTls.trusting(gateway)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), gateway.port())) {
            List<String> lines =
                    new ArrayList<>(List.of("GET " + path + " HTTP/1.1", "Host: x", "Authorization: Bearer secret"));
            if (!path.contains("/log?")) {
                lines.addAll(List.of("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"));
                lines.add("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
            }
            String request = String.join("\r\n", lines) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.getOutputStream().flush();
        }
    }

    private static Watcher<ConfigMap> watcher(CompletableFuture<String> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                seen.complete(action + " " + map.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.completeExceptionally(cause);
            }
        };
    }

    private PodResource pod() {
        // The client looks at the pod first, to find its container.
        api.objects.put("pods/n/p", (ObjectNode) Json.parse("""
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "namespace": "n"},
             "spec": {"containers": [{"name": "c"}]}}\
            """));
        return client.pods().inNamespace("n").withName("p");
    }

    private WebSocket exec(String protocol, List<String> received) {
        return exec(protocol, received, "cat");
    }

    private WebSocket exec(String protocol, List<String> received, String command) {
        return webSocket(protocol, "exec?command=" + command + "&stdin=1&stdout=1&stderr=1", received);
    }

    private WebSocket webSocket(String protocol, String path, List<String> received) {
        return HttpClient.newBuilder()
                .sslContext(TestTls.trusting(gateway))
                .build()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer secret")
                .subprotocols(protocol)
                .buildAsync(
                        URI.create(gateway.url().replace("https:", "wss:") + "/api/v1/namespaces/n/pods/p/" + path),
                        new Recorder(received))
                .join();
    }

    private record Recorder(List<String> received) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            received.add(UTF_8.decode(data).toString());
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            received.add("closed " + code);
            return CompletableFuture.completedFuture(null);
        }
    }
}
