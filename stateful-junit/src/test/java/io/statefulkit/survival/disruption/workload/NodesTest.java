package io.statefulkit.survival.disruption.workload;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.survival.disruption.power.Powers;
import io.statefulkit.survival.testing.ApiStub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class NodesTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);

    private static Nodes nodes(KubernetesClient client, Duration patience) {
        return new Nodes(client, Powers.withoutKilling(Set.of(), "nobody may"), patience);
    }

    private static String node(String ready) {
        return """
            {"kind": "Node", "apiVersion": "v1", "metadata": {"name": "n1"},
             "status": {"conditions": [{"type": "MemoryPressure", "status": "False"},
                                       {"type": "Ready", "status": "%s"}]}}
            """.formatted(ready);
    }

    @Test
    void a_node_is_ready_when_it_says_so() {
        try (ApiStub api = ApiStub.start()) {
            api.answering("/api/v1/nodes/n1", node("True"));
            KubernetesClient client = api.client();

            nodes(client, LONG).await("n1", true);
            assertThatExceptionOfType(ConditionTimeoutException.class)
                    .isThrownBy(() -> nodes(client, SHORT).await("n1", false))
                    .withMessageContaining("node n1 is not ready");

            api.answering("/api/v1/nodes/n1", node("Unknown"));
            nodes(client, LONG).await("n1", false);
        }
    }

    /** As the controller of a cloud does with the node of a machine that is off. */
    @Test
    void a_node_that_is_gone_is_not_ready() {
        try (ApiStub api = ApiStub.start()) {
            assertThatCode(() -> nodes(api.client(), LONG).await("n1", false)).doesNotThrowAnyException();
        }
    }

    /** As where the only node of a cluster is off. */
    @Test
    void the_node_that_the_api_server_is_on_goes_with_it() throws IOException {
        try (KubernetesClient client = ApiStub.client(closedPort())) {

            nodes(client, LONG).await("n1", false);
            assertThatExceptionOfType(ConditionTimeoutException.class)
                    .isThrownBy(() -> nodes(client, SHORT).await("n1", true));
        }
    }

    @Test
    void who_may_not_look_at_nodes_does_not_take_them_for_off() {
        try (ApiStub api = ApiStub.start().refusing("/api/v1/nodes/n1")) {
            assertThatExceptionOfType(ConditionTimeoutException.class)
                    .isThrownBy(() -> nodes(api.client(), SHORT).await("n1", false));
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
