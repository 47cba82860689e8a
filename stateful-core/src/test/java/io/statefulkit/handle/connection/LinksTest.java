package io.statefulkit.handle.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.statefulkit.deploy.WorkloadRef;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Connections that come while their port is being closed: its threads take no more work. */
class LinksTest {

    private static final Executor CLOSED = task -> {
        throw new RejectedExecutionException("closed");
    };

    private final AtomicInteger over = new AtomicInteger();
    private final Socket local = new Socket();

    @Test
    void a_way_through_the_api_server_leaves_no_connection() {
        AtomicInteger closed = new AtomicInteger();
        ChannelSocket remote = new ChannelSocket(counting(closed), new AtomicBoolean());
        Tunnel tunnel = new Tunnel(local, "uid", over::incrementAndGet);

        tunnel.run(remote, CLOSED);

        assertThat(closed).hasValue(1);
        assertThat(over).hasValue(1);
        assertThat(local.isClosed()).isTrue();
    }

    @Test
    void a_way_over_the_address_of_the_pod_leaves_no_connection() {
        Socket pod = new Socket();

        new DirectLink(local, pod, "uid", over::incrementAndGet).run(CLOSED);

        assertThat(over).hasValue(1);
        assertThat(local.isClosed()).isTrue();
        assertThat(pod.isClosed()).isTrue();
    }

    @Test
    void what_is_no_port_is_refused_before_anything_is_opened() {
        Predicate<Pod> all = pod -> true;
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(Config.empty()).build()) {
            assertThatThrownBy(() -> Forward.open(
                            client, WorkloadRef.statefulSet("shop", "orders"), Map.of("app", "orders"), all, 65_536))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("port must be 1..65535 but was 65536");
        }
    }

    private static WebSocket counting(AtomicInteger closed) {
        return new WebSocket() {
            @Override
            public boolean send(ByteBuffer buffer) {
                return true;
            }

            @Override
            public boolean sendClose(int code, String reason) {
                closed.incrementAndGet();
                return true;
            }

            @Override
            public long queueSize() {
                return 0;
            }

            @Override
            public void request() {}
        };
    }
}
