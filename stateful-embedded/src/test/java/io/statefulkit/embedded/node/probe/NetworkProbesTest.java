package io.statefulkit.embedded.node.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPGetActionBuilder;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkProbesTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** The last part of the path is the code to answer with, or where to redirect to. */
    private void answer(HttpExchange exchange) throws IOException {
        seen.add(exchange.getRequestHeaders().getFirst("Host") + " "
                + exchange.getRequestHeaders().getFirst("User-Agent") + " "
                + exchange.getRequestHeaders().getFirst("X-Who") + " " + exchange.getRequestURI());
        String path = exchange.getRequestURI().getPath().substring(1);
        byte[] body = "moved".getBytes(StandardCharsets.UTF_8);
        if (path.startsWith("to/")) {
            exchange.getResponseHeaders()
                    .set("Location", exchange.getRequestURI().getQuery());
            path = path.substring(3);
        }
        exchange.sendResponseHeaders(Integer.parseInt(path), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void headers_are_sent_and_a_port_may_have_a_name() {
        HTTPGetAction action = get("/200?a=b")
                .withPort(new IntOrString("web"))
                .withHttpHeaders(new HTTPHeader("Host", "example.org"), new HTTPHeader("X-Who", "me"))
                .build();

        assertThat(ask(action)).isEqualTo(ProbeResult.OK);

        assertThat(seen).containsExactly("example.org kube-probe/1.36 me /200?a=b");
    }

    @Test
    void a_server_error_is_a_failure() {
        assertThat(ask(get("/500").build())).isEqualTo(ProbeResult.failure("HTTP probe failed with statuscode: 500"));
    }

    @Test
    void redirects_are_followed_on_the_same_host() {
        assertThat(ask(get("/to/302?/to/301?/200").build()).success()).isTrue();
        assertThat(ask(get("/to/302?/503").build()))
                .isEqualTo(ProbeResult.failure("HTTP probe failed with statuscode: 503"));
        assertThat(ask(get("/to/302?https://example.org/").build()))
                .isEqualTo(ProbeResult.warning("Probe terminated redirects, Response body: moved"));
        assertThat(ask(get("/307").build()))
                .isEqualTo(ProbeResult.warning("Probe terminated redirects, Response body: moved"));
    }

    @Test
    void nobody_there_is_told_as_by_a_kubelet() throws IOException {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertThat(ask(get("/x").build()).output())
                .isEqualTo("Get \"http://127.0.0.1:" + port + "/x\": dial tcp 127.0.0.1:" + port
                        + ": connect: connection refused");
        assertThat(probes().tcp("", new IntOrString("web"), LONG).output())
                .isEqualTo("dial tcp 127.0.0.1:" + port + ": connect: connection refused");
        assertThat(probes().tcp("", new IntOrString("nowhere"), LONG).output())
                .isEqualTo("couldn't find port: nowhere");
    }

    @Test
    void a_server_that_says_nothing_times_out() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            HTTPGetAction action =
                    get("/").withPort(new IntOrString(silent.getLocalPort())).build();

            assertThat(probes().http(action, Duration.ofMillis(100)).output())
                    .contains("context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
        }
    }

    @Test
    void a_server_that_answers_byte_by_byte_times_out_as_well() throws Exception {
        try (ServerSocket dripping = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> drip(dripping));
            HTTPGetAction action =
                    get("/").withPort(new IntOrString(dripping.getLocalPort())).build();

            assertThat(probes().http(action, Duration.ofMillis(300)).output())
                    .contains("context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
        }
    }

    private static void drip(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            // Half a minute, or as long as anybody reads.
            for (int i = 0; i < 1500; i++) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                client.getOutputStream().write(i % 100 == 99 ? '\n' : 'a');
                client.getOutputStream().flush();
            }
        } catch (IOException e) {
            // The probe no longer reads.
            return;
        }
    }

    private HTTPGetActionBuilder get(String path) {
        return new HTTPGetActionBuilder()
                .withPath(path)
                .withPort(new IntOrString(server.getAddress().getPort()));
    }

    private ProbeResult ask(HTTPGetAction action) {
        return probes().http(action, LONG);
    }

    private NetworkProbes probes() {
        Container container = new ContainerBuilder()
                .addNewPort()
                .withName("web")
                .withContainerPort(server.getAddress().getPort())
                .endPort()
                .build();
        return new NetworkProbes(container, "127.0.0.1");
    }
}
