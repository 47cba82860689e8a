package io.statefulkit.survival.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** An API server that answers each path with what a test says, and with 404 what it says nothing about. */
public final class ApiStub implements AutoCloseable {

    private record Answer(int status, String body) {}

    /** A refusal that holds as long as what was asked so far does not satisfy somebody. */
    private record Until(Predicate<List<String>> enough, int status) {}

    private static final Answer UNKNOWN = new Answer(404, """
        {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}
        """);
    private static final String FAILURE = """
        {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": %d}
        """;

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Until> refusals = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final KubernetesClient client;

    private ApiStub(HttpServer server) {
        this.server = server;
        this.client = client(server.getAddress().getPort());
    }

    /** One that knows of nothing yet. */
    public static ApiStub start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ApiStub stub = new ApiStub(server);
            server.createContext("/", exchange -> {
                try (exchange) {
                    stub.answer(exchange);
                }
            });
            server.start();
            return stub;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client of a server on this port of this machine, which asks once. */
    public static KubernetesClient client(int port) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + port + "/")
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    /** From here on, this path, or only one method of it such as {@code DELETE /api/v1/pods}, is answered so. */
    public ApiStub answering(String path, String body) {
        answers.put(path, new Answer(200, body));
        return this;
    }

    /** From here on, who asks for this path is not allowed to. */
    public ApiStub refusing(String path) {
        answers.put(path, new Answer(403, """
            {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Forbidden", "code": 403}
            """));
        return this;
    }

    /** A request, such as {@code DELETE /api/v1/pods}, fails with this status until what was asked before it is enough. */
    public ApiStub failingUntil(String request, int status, Predicate<List<String>> enough) {
        refusals.put(request, new Until(enough, status));
        return this;
    }

    /** What was asked so far, such as {@code GET /version}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public KubernetesClient client() {
        return client;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String request = exchange.getRequestMethod() + " " + path;
        asked.add(request);
        Answer answer = answer(request, path);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Answer answer(String request, String path) {
        Until refusal = refusals.get(request);
        return refusal != null && !refusal.enough().test(asked())
                ? new Answer(refusal.status(), FAILURE.formatted(refusal.status()))
                : answers.getOrDefault(request, answers.getOrDefault(path, UNKNOWN));
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
    }
}
