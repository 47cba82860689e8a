package io.statefulkit.handle.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.statefulkit.deploy.Patience;
import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.ready.Waiting;
import io.statefulkit.handle.place.Place;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the file of a job when the cluster refuses to change it. */
@Timeout(60)
class JobFilesTest {

    private static final String JOB = """
        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"orders-tidy","namespace":"shop","uid":"1"}}""";

    private static final String FILE = """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"orders-tidy","namespace":"shop","uid":"2","labels":{
        "app.kubernetes.io/managed-by":"statefulkit","app.kubernetes.io/instance":"orders",
        "app.kubernetes.io/name":"postgresql-job"}}}""";

    private final List<String> changes = new CopyOnWriteArrayList<>();

    /** Some clusters let only those give an object to another one who may delete it. */
    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void a_file_that_may_not_be_changed_or_is_gone_fails_neither_its_job_nor_the_end_of_a_schedule(int refusal)
            throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                if (exchange.getRequestMethod().equals("GET")) {
                    String object = exchange.getRequestURI().getPath().contains("/jobs/") ? JOB : FILE;
                    byte[] body = object.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                } else {
                    changes.add(exchange.getRequestMethod());
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(refusal, -1);
                }
            }
        });
        server.start();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            JobFiles files = new JobFiles(place(client), "orders-tidy");

            assertThatNoException().isThrownBy(files::goWithTheirJob);
            assertThatNoException().isThrownBy(files::remove);
            assertThat(changes).containsExactly("PATCH", "DELETE");
        } finally {
            server.stop(0);
        }
    }

    private static Place place(KubernetesClient client) {
        return new Place(
                client,
                WorkloadRef.statefulSet("shop", "orders"),
                Map.of(),
                new Waiting(client, Patience.defaults(), ProgressListener.none()),
                Optional.empty());
    }
}
