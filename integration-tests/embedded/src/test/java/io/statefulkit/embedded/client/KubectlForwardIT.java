package io.statefulkit.embedded.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Port-forward of kubectl, with several connections that end by halves. */
class KubectlForwardIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern LOCAL = Pattern.compile("127\\.0\\.0\\.1:(\\d+) ->");

    private static final String ECHO = """
        apiVersion: v1
        kind: Service
        metadata: {name: echo}
        spec: {selector: {app: echo}, ports: [{port: 80, targetPort: 7000}]}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: echo}
        spec:
          serviceName: echo
          selector: {matchLabels: {app: echo}}
          template:
            metadata: {labels: {app: echo}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: c
                image: busybox:1.37
                command: [sh, -c, "trap 'exit 0' TERM; sleep 1000 & wait"]
        """;

    private static Kubectl kubectl;
    private static EchoPort server;

    @TempDir
    Path directory;

    private final List<Process> forwards = new ArrayList<>();

    @BeforeAll
    static void deploy() throws IOException {
        Assumptions.assumeTrue(Kubectl.isInstalled(), "kubectl is not installed");
        kubectl = new Kubectl(ClientCluster.get().kubeconfig(), "forward");
        kubectl.run("create", "namespace", "forward");
        kubectl.runWith(ECHO, "apply", "-f", "-");
        kubectl.run("rollout", "status", "statefulset/echo", "--timeout=90s");
        server = new EchoPort(kubectl.run("get", "pod", "echo-0", "-o", "jsonpath={.status.podIP}"), 7000);
    }

    @AfterAll
    static void stopServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void stop() {
        forwards.forEach(Process::destroy);
    }

    @Test
    void a_pod_a_service_and_a_set_are_reached() throws Exception {
        for (List<String> target : List.of(
                List.of("pod/echo-0", ":7000"), List.of("service/echo", ":80"), List.of("statefulset/echo", ":7000"))) {
            int port = forward(target.get(0), target.get(1));
            try (Socket first = connect(port);
                    Socket second = connect(port)) {
                second.getOutputStream().write("two".getBytes(UTF_8));
                first.getOutputStream().write("one".getBytes(UTF_8));
                first.shutdownOutput();
                assertThat(new String(first.getInputStream().readAllBytes(), UTF_8))
                        .isEqualTo("one, 3 bytes");
                second.shutdownOutput();
                assertThat(new String(second.getInputStream().readAllBytes(), UTF_8))
                        .isEqualTo("two, 3 bytes");
            }
        }
    }

    @Test
    void a_port_where_nobody_listens_is_told_and_ends_the_forward() throws Exception {
        int port = forward("pod/echo-0", ":7001");
        try (Socket socket = connect(port)) {
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
        await().atMost(LIMIT).until(() -> !forwards.get(0).isAlive());
        assertThat(Files.readString(directory.resolve("0")))
                .contains("error forwarding port 7001 to pod echo-0", "connection refused", "lost connection to pod");
    }

    private int forward(String target, String ports) throws IOException {
        Path output = directory.resolve(Integer.toString(forwards.size()));
        forwards.add(kubectl.start(output, "port-forward", target, ports));
        await().atMost(LIMIT)
                .until(() -> LOCAL.matcher(Files.readString(output)).find());
        Matcher matcher = LOCAL.matcher(Files.readString(output));
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        return socket;
    }
}
