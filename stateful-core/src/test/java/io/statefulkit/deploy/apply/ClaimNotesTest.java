package io.statefulkit.deploy.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.spec.StatefulPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster that answers every request with the same status. */
@Timeout(120)
class ClaimNotesTest {

    private static final StatefulPostgres SPEC = StatefulPostgres.named("orders")
            .withImage("postgres:17.6-bookworm")
            .withVolumeClaimTemplate("1Gi");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestURI().getPath());
                exchange.sendResponseHeaders(status.get(), -1);
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
    void whoever_may_deploy_but_not_list_claims_and_secrets_has_deployed_all_the_same() {
        status.set(403);

        new ClaimNotes(client, "shop").write(SPEC);

        assertThat(asked)
                .containsExactly(
                        "/api/v1/namespaces/shop/persistentvolumeclaims", "/api/v1/namespaces/shop/secrets");
    }

    @Test
    void other_refusals_are_told() {
        status.set(400);

        assertThatThrownBy(() -> new ClaimNotes(client, "shop").write(SPEC))
                .isInstanceOf(KubernetesClientException.class);
    }
}
