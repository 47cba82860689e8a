package io.statefulkit.handle.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalPodsTest {

    /** An address of documentation, which no machine has. */
    private static final String ELSEWHERE = "203.0.113.7";

    @Test
    void only_a_pod_of_this_machine_and_of_a_cluster_on_it_is_dialled_over_its_address() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                KubernetesClient here = client("127.0.0.1");
                KubernetesClient there = client(ELSEWHERE)) {
            int port = server.getLocalPort();

            assertThat(LocalPods.of(here).dial(pod("127.0.0.1"), port))
                    .hasValueSatisfying(socket -> assertThat(socket.getPort()).isEqualTo(port))
                    .hasValueSatisfying(Sockets::close);
            assertThat(LocalPods.of(here).dial(pod(ELSEWHERE), port)).isEmpty();
            assertThat(LocalPods.of(there).dial(pod("127.0.0.1"), port)).isEmpty();
        }
    }

    @Test
    void a_pod_whose_server_is_starting_is_tried_again() throws IOException {
        try (KubernetesClient here = client("127.0.0.1");
                ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            LocalPods pods = LocalPods.of(here);
            int port = server.getLocalPort();
            int closed = freePort();

            assertThat(pods.dial(pod("127.0.0.1"), closed)).isEmpty();
            assertThat(pods.dial(pod("127.0.0.1"), port)).hasValueSatisfying(Sockets::close);
        }
    }

    /** A queue of connections that nobody accepts takes no more of them, and says nothing. */
    @Test
    void a_pod_that_does_not_answer_is_left_to_the_api_server() throws IOException {
        List<Socket> queue = new ArrayList<>();
        try (KubernetesClient here = client("127.0.0.1");
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = server.getLocalPort();
            LocalPods pods = LocalPods.of(here);
            Optional<Socket> dialled = pods.dial(pod("127.0.0.1"), port);
            while (dialled.isPresent()) {
                queue.add(dialled.get());
                dialled = pods.dial(pod("127.0.0.1"), port);
            }
            for (int i = 0; i < queue.size(); i++) {
                server.accept().close();
            }

            assertThat(pods.dial(pod("127.0.0.1"), port)).isEmpty();
            assertThat(LocalPods.of(here).dial(pod("127.0.0.1"), port)).hasValueSatisfying(Sockets::close);
        } finally {
            queue.forEach(Sockets::close);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return server.getLocalPort();
        }
    }

    private static KubernetesClient client(String host) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + host + ":6443/")
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static Pod pod(String hostIp) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("db-0")
                .withUid("1")
                .endMetadata()
                .withNewStatus()
                .withPodIP("127.0.0.1")
                .withHostIP(hostIp)
                .endStatus()
                .build();
    }
}
