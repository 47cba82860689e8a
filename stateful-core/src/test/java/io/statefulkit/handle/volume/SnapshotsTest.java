package io.statefulkit.handle.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.statefulkit.deploy.Patience;
import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.ready.Waiting;
import io.statefulkit.handle.place.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster that has CSI snapshots, as far as a snapshot needs it: its group, and a list that says what became of it. */
@Timeout(120)
class SnapshotsTest {

    private static final String GROUP = "/apis/snapshot.storage.k8s.io";
    private static final String SNAPSHOTS = GROUP + "/v1/namespaces/shop/volumesnapshots";

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void is_taken_after_the_server_has_written_what_it_has_and_waited_for() {
        String name = snapshots(Duration.ofMinutes(1)).take("data-orders-0", () -> done.add("checkpoint"));

        assertThat(name).startsWith("data-orders-0-");
        assertThat(done).containsExactly("checkpoint", "POST data-orders-0 of orders");
    }

    @Test
    void a_driver_that_fails_is_not_waited_for_longer_than_said_and_its_words_are_told() {
        done.add("broken");

        assertThatThrownBy(() -> snapshots(Duration.ofSeconds(2)).take("data-orders-0", () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not ready to use")
                .hasMessageContaining("the array is offline");
    }

    private Snapshots snapshots(Duration timeout) {
        Patience patience = Patience.defaults().withTimeout(timeout);
        return new Snapshots(new Place(
                client,
                WorkloadRef.statefulSet("shop", "orders"),
                Map.of("app", "orders"),
                new Waiting(client, patience, ProgressListener.none()),
                Optional.empty()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (path.equals(GROUP)) {
            send(exchange, "{\"kind\":\"APIGroup\",\"apiVersion\":\"v1\",\"name\":\"snapshot.storage.k8s.io\"}");
        } else if (exchange.getRequestMethod().equals("POST") && path.equals(SNAPSHOTS)) {
            GenericKubernetesResource object =
                    Serialization.unmarshal(exchange.getRequestBody(), GenericKubernetesResource.class);
            done.add("POST " + object.get("spec", "source", "persistentVolumeClaimName") + " of "
                    + object.getMetadata().getLabels().get("app.kubernetes.io/instance"));
            send(exchange, Serialization.asJson(object));
        } else if (path.equals(SNAPSHOTS) && !query.contains("watch=true")) {
            send(
                    exchange,
                    "{\"kind\":\"VolumeSnapshotList\",\"apiVersion\":\"snapshot.storage.k8s.io/v1\","
                            + "\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[" + snapshot(query) + "]}");
        } else {
            exchange.sendResponseHeaders(503, -1);
        }
    }

    private String snapshot(String query) {
        String status = done.contains("broken")
                ? "{\"readyToUse\":false,\"error\":{\"message\":\"the array is offline\"}}"
                : "{\"readyToUse\":true}";
        String name = query.replaceFirst(".*metadata\\.name(=|%3D)", "").replaceFirst("&.*", "");
        return "{\"apiVersion\":\"snapshot.storage.k8s.io/v1\",\"kind\":\"VolumeSnapshot\",\"metadata\":{\"name\":\""
                + name + "\",\"namespace\":\"shop\",\"resourceVersion\":\"2\"},\"status\":" + status + "}";
    }

    private static void send(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
