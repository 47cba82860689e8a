package io.statefulkit.embedded.control;

import static io.statefulkit.embedded.api.ResourceCatalog.ENDPOINTS;
import static io.statefulkit.embedded.api.ResourceCatalog.ENDPOINT_SLICES;
import static io.statefulkit.embedded.api.ResourceCatalog.PODS;
import static io.statefulkit.embedded.api.ResourceCatalog.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.control.FakeNode.Fate;
import io.statefulkit.embedded.control.loop.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkScenariosTest {

    private final TestCluster cluster = new TestCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    private void service(String name, String more) {
        cluster.create("""
                apiVersion: v1
                kind: Service
                metadata: {name: %s}
                spec:
                  selector: {app: db}
                  ports: [{name: main, port: 5432}]
                %s
                """.formatted(name, more.indent(2)));
    }

    private Optional<Resource> slice(String service) {
        return cluster.list(ENDPOINT_SLICES).stream()
                .filter(slice -> slice.label("kubernetes.io/service-name").equals(service))
                .findFirst();
    }

    private List<String> conditions(String service) {
        List<String> conditions = new ArrayList<>();
        slice(service)
                .ifPresent(slice -> slice.json().path("endpoints").forEach(endpoint -> {
                    JsonNode is = endpoint.path("conditions");
                    conditions.add((is.path("ready").asBoolean() ? "ready" : "-")
                            + (is.path("serving").asBoolean() ? " serving" : " -")
                            + (is.path("terminating").asBoolean() ? " terminating" : ""));
                }));
        return conditions;
    }

    private int addresses(String service, String field) {
        return cluster.find(ENDPOINTS, service)
                .map(endpoints ->
                        endpoints.json().path("subsets").path(0).path(field).size())
                .orElse(-1);
    }

    private void set(int replicas) {
        cluster.create("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec:
                  serviceName: db
                  replicas: %d
                  podManagementPolicy: Parallel
                  selector: {matchLabels: {app: db}}
                  template:
                    metadata: {labels: {app: db}}
                    spec:
                      containers:
                      - {name: app, image: "busybox:1.37"}
                """.formatted(replicas));
    }

    @Test
    void a_service_without_pods_has_empty_endpoints() {
        service("db", "clusterIP: None");

        cluster.until("slice", () -> slice("db").isPresent() && addresses("db", "addresses") == 0);

        assertThat(slice("db").orElseThrow().label("service.kubernetes.io/headless"))
                .isEmpty();
        assertThat(cluster.get(ENDPOINTS, "db").labels())
                .containsEntry("endpoints.kubernetes.io/managed-by", "endpoint-controller");
    }

    @Test
    void readiness_moves_addresses_and_deletion_removes_them_before_the_pod_ends() {
        cluster.node.decide(pod -> Fate.RUNS);
        service("db", "clusterIP: None");
        service(
                "early",
                "{clusterIP: None, publishNotReadyAddresses: true}"
                        .replaceAll("[{}]", "")
                        .replace(", ", "\n"));
        set(2);

        cluster.until("not ready", () -> addresses("db", "notReadyAddresses") == 2);
        cluster.until("published", () -> addresses("early", "addresses") == 2);
        cluster.until("slices", () -> conditions("db").equals(List.of("- -", "- -")));
        cluster.until("early slices", () -> conditions("early").equals(List.of("ready -", "ready -")));

        cluster.node.decide(pod -> Fate.RUNS_AND_IS_READY);
        cluster.until("ready", () -> addresses("db", "addresses") == 2);
        cluster.until("slices", () -> conditions("db").equals(List.of("ready serving", "ready serving")));
        assertThat(slice("db")
                        .orElseThrow()
                        .json()
                        .path("endpoints")
                        .path(0)
                        .path("hostname")
                        .asText())
                .startsWith("db-");

        cluster.node.holdTerminations();
        cluster.delete(PODS, "db-1");
        cluster.until("one address", () -> addresses("db", "addresses") == 1);
        cluster.until("terminating", () -> conditions("db").contains("- serving terminating"));
        assertThat(cluster.get(PODS, "db-1").status().path("phase").asText()).isEqualTo("Running");
    }

    @Test
    void endpoints_go_with_their_service() {
        service("db", "clusterIP: None");
        cluster.until(
                "there",
                () -> slice("db").isPresent() && cluster.find(ENDPOINTS, "db").isPresent());

        cluster.delete(SERVICES, "db");

        cluster.until(
                "gone",
                () -> slice("db").isEmpty() && cluster.find(ENDPOINTS, "db").isEmpty());
    }

    @Test
    void more_than_a_hundred_endpoints_need_more_than_one_slice() {
        service("db", "clusterIP: None");
        set(120);

        cluster.until(
                "all",
                () -> cluster.list(ENDPOINT_SLICES).stream()
                                .mapToInt(
                                        slice -> slice.json().path("endpoints").size())
                                .sum()
                        == 120);

        assertThat(cluster.list(ENDPOINT_SLICES))
                .allSatisfy(slice ->
                        assertThat(slice.json().path("endpoints").size()).isLessThanOrEqualTo(100));
    }

    @Test
    void a_cluster_address_forwards_to_a_ready_pod_and_refuses_when_there_is_none() throws IOException {
        InetAddress podAddress = InetAddress.getByName("127.42.7.9");
        try (ServerSocket pod = new ServerSocket(0, 50, podAddress)) {
            cluster.node.decide(any -> Fate.STAYS_PENDING);
            cluster.create("""
                    apiVersion: v1
                    kind: Service
                    metadata: {name: db}
                    spec:
                      selector: {app: db}
                      ports: [{port: 15432, targetPort: %d}]
                    """.formatted(pod.getLocalPort()));
            String address =
                    cluster.get(SERVICES, "db").spec().path("clusterIP").asText();
            assertThat(connects(address, 15432)).isFalse();

            cluster.create("""
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: db, labels: {app: db}}
                    spec: {containers: [{name: app, image: "busybox:1.37"}]}
                    """);
            cluster.node.place("db", podAddress.getHostAddress());
            cluster.until("listens", () -> {
                boolean connected = connects(address, 15432);
                if (connected) {
                    pod.accept().close();
                }
                return connected;
            });

            try (Socket client = new Socket(address, 15432);
                    Socket served = pod.accept()) {
                client.getOutputStream().write("select 1".getBytes(StandardCharsets.UTF_8));
                client.shutdownOutput();
                assertThat(text(served.getInputStream())).isEqualTo("select 1");
                served.getOutputStream().write("one row".getBytes(StandardCharsets.UTF_8));
                served.shutdownOutput();
                assertThat(text(client.getInputStream())).isEqualTo("one row");
            }

            // The last pod is asked as long as it serves, and nobody when it has ended.
            cluster.node.holdTerminations();
            cluster.delete(PODS, "db");
            cluster.until("terminating", () -> conditions("db").contains("- serving terminating"));
            try (Socket client = new Socket(address, 15432);
                    Socket served = pod.accept()) {
                served.getOutputStream().write("still here".getBytes(StandardCharsets.UTF_8));
                served.shutdownOutput();
                assertThat(text(client.getInputStream())).isEqualTo("still here");
            }
            cluster.node.terminate();
            cluster.until("refuses", () -> !connects(address, 15432));
        }
    }

    @Test
    void an_address_that_somebody_else_has_is_used_once_it_is_free() throws IOException {
        cluster.node.decide(any -> Fate.STAYS_PENDING);
        service("db", "");
        String address = cluster.get(SERVICES, "db").spec().path("clusterIP").asText();
        try (ServerSocket other = new ServerSocket(5432, 50, InetAddress.getByName(address))) {
            assertThat(other.isBound()).isTrue();
            set(1);
            cluster.node.decide(any -> Fate.RUNS_AND_IS_READY);
            cluster.until("ready", () -> conditions("db").equals(List.of("ready serving")));
        }

        cluster.until("listens", () -> {
            cluster.time.advance(Duration.ofSeconds(1));
            return connects(address, 5432);
        });
    }

    private static boolean connects(String address, int port) {
        try (Socket socket = new Socket(address, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
}
