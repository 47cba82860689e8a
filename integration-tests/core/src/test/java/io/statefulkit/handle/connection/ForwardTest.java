package io.statefulkit.handle.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.testing.ApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Connections that go through the API server. */
class ForwardTest extends ForwardContract {

    @Override
    void lead(String pod, EchoServer server) {
        streams.serve(pod, server.address());
    }

    @Override
    int port(EchoServer server) {
        return 5432;
    }

    @Override
    List<String> dialled(int port) {
        return List.of("db-0:" + port);
    }

    /** The WebSocket protocol of port-forwards has no word for it, so the server may never know otherwise. */
    @Test
    void a_client_that_has_said_all_ends_the_connection_on_both_sides() throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout((int) LONG.toMillis());
            assertThat(name(socket)).isEqualTo("first");

            socket.shutdownOutput();

            assertThat(endOf(socket)).isTrue();
            await().atMost(LONG).until(() -> first().clients() == 0 && connections() == 0);
        }
    }

    @Test
    void a_connection_that_is_not_permitted_ends_at_once_and_is_not_tried_again() throws IOException {
        AtomicInteger tries = new AtomicInteger();
        Interceptor forbidding = new Interceptor() {
            @Override
            public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                if (request.uri().getPath().endsWith("/portforward")) {
                    tries.incrementAndGet();
                    throw new KubernetesClientException("pods/portforward is forbidden", 403, null);
                }
            }
        };
        try (KubernetesClient limited = new KubernetesClientBuilder()
                        .withConfig(cluster.client().getConfiguration())
                        .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("forbidding", forbidding))
                        .build();
                Forward forward = Forward.open(
                        limited,
                        WorkloadRef.statefulSet("default", "db"),
                        ApiServer.LABELS,
                        pod -> true,
                        port(first()));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), forward.port())) {
            socket.setSoTimeout((int) LONG.toMillis());

            assertThat(endOf(socket)).isTrue();
            assertThat(tries).hasValue(1);
        }
    }
}
