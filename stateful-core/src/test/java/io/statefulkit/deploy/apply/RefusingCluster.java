package io.statefulkit.deploy.apply;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** A cluster that has nothing: it answers each request with a status, or with an empty list or object, and remembers it. */
final class RefusingCluster implements AutoCloseable {

    /** The workload that what is there was made for. */
    static final String OWNER = "owner";

    private static final byte[] NOTHING =
            ("{\"metadata\":{\"labels\":{\"app.kubernetes.io/managed-by\":\"statefulkit\","
                            + "\"app.kubernetes.io/instance\":\"" + OWNER + "\"}},\"items\":[]}")
                    .getBytes(StandardCharsets.UTF_8);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final KubernetesClient client;

    /** Starts one that answers requests of a path with this status. */
    RefusingCluster(ToIntFunction<String> status) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                asked.add(path);
                int code = status.applyAsInt(path);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(code, code == 200 ? NOTHING.length : -1);
                if (code == 200) {
                    exchange.getResponseBody().write(NOTHING);
                }
            }
        });
        server.start();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    KubernetesClient client() {
        return client;
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
