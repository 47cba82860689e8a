package io.statefulkit.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.cluster.engine.FakeEngine;
import io.statefulkit.cluster.engine.K3sOnFakeEngine;
import io.statefulkit.embedded.EmbeddedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Testcontainers makes of k3s, with an engine that runs nothing and remembers what it is told. */
class K3sIT {

    private static final EmbeddedCluster BEHIND = K3sOnFakeEngine.behind();

    @TempDir
    private Path home;

    @AfterAll
    static void end() {
        BEHIND.close();
    }

    /** Where the build puts what is not on the class path of the tests. */
    private static final Path OTHER = Path.of("target", "testcontainers-other");

    @Test
    void testcontainers_tells_an_engine_what_k3s_needs() throws IOException, InterruptedException {
        tellsTheEngine(K3sOnFakeEngine.classPath(), "/testcontainers-1.21.4.jar", true);
    }

    @Test
    void testcontainers_of_the_other_line_tells_it_the_same() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(OTHER), () -> OTHER + " is not there: the build of Maven makes it");
        tellsTheEngine(K3sOnFakeEngine.classPath(OTHER), "/testcontainers-2.0.5.jar", false);
    }

    private void tellsTheEngine(String classPath, String testcontainers, boolean reuses)
            throws IOException, InterruptedException {
        try (K3sOnFakeEngine k3s = new K3sOnFakeEngine(BEHIND, home)) {
            String output = k3s.run(classPath, reuses);

            assertThat(output.lines()).as(output).contains("one: K3S true", "rw-------", "two: K3S true");
            assertThat(output.lines().findFirst())
                    .hasValueSatisfying(jar -> assertThat(jar).endsWith(testcontainers));
            assertThat(output.lines().filter(line -> line.contains("kubectl --kubeconfig ")))
                    .as("where each cluster is, once")
                    .hasSize(reuses ? 5 : 2)
                    .allSatisfy(line -> assertThat(line).contains("cluster: K3S v1.", "since it was asked for"));
            assertThat(k3s.engine().happened())
                    .as("one node")
                    .startsWith(
                            "create c1",
                            "start c1",
                            "exec c1 kubectl get --raw=/readyz",
                            "exec c1 crictl images --quiet --no-trunc",
                            "exec c1 crictl images --quiet --no-trunc",
                            "save unknown:2",
                            "exec c1 ctr --namespace k8s.io images import --platform linux/amd64"
                                    + " /tmp/statefulkit-image.tar",
                            "exec c1 rm -f /tmp/statefulkit-image.tar");
            assertThat(k3s.engine().happened()).contains("exec c1 crictl stop --timeout 0 f00", "kill c1", "remove c1");
            JsonNode one = k3s.engine().container("c1");
            assertThat(one.path("Image").asText()).isEqualTo("hub.example/proxy/rancher/k3s:v1.34.1-k3s1");
            assertThat(one.path("Cmd"))
                    .extracting(JsonNode::asText)
                    .containsExactly(
                            "server",
                            "--tls-san=127.0.0.1",
                            "--disable=traefik",
                            "--disable=metrics-server",
                            "--disable=servicelb");
            assertThat(one.at("/HostConfig/Privileged").asBoolean()).isTrue();
            assertThat(one.at("/HostConfig/CgroupnsMode").asText()).isEqualTo("host");
            assertThat(one.at("/HostConfig/Binds/0").asText())
                    .startsWith("/sys/fs/cgroup:/sys/fs/cgroup:rw")
                    .doesNotContain(",z");
            assertThat(one.at("/HostConfig/Tmpfs").toString()).contains("/run", "/var/run");
            assertThat(one.path("ExposedPorts").has("6443/tcp")).isTrue();
            assertThat(k3s.engine().files().get("c1:/etc/rancher/k3s/registries.yaml"))
                    .contains("ghcr.io", "https://hub.example", "proxy/$1");
            assertTwoNodes(k3s.engine());
            if (reuses) {
                assertThat(output.lines()).contains("first: K3S true", "second: K3S true", "third: K3S true");
                assertReuse(k3s.engine());
            }
        }
    }

    private static void assertTwoNodes(FakeEngine engine) {
        assertThat(engine.happened()).contains("network", "create c2", "create c3", "remove c3", "remove network");
        JsonNode server = engine.container("c2");
        JsonNode agent = engine.container("c3");
        assertThat(server.path("Cmd")).extracting(JsonNode::asText).contains("server", "--tls-san=server");
        assertThat(agent.path("Cmd")).extracting(JsonNode::asText).containsExactly("agent");
        assertThat(agent.path("Env")).extracting(JsonNode::asText).contains("K3S_URL=https://server:6443");
        assertThat(agent.path("Env")).extracting(JsonNode::asText).containsAll(texts(server.path("Env")));
        assertThat(agent.at("/HostConfig/Privileged").asBoolean()).isTrue();
        assertThat(server.at("/NetworkingConfig/EndpointsConfig").toString()).contains("\"server\"");
        assertThat(server.at("/HostConfig/NetworkMode")).isEqualTo(agent.at("/HostConfig/NetworkMode"));
        assertThat(engine.files())
                .containsKey("c3:/etc/rancher/k3s/registries.yaml")
                .containsEntry("c2:/var/lib/rancher/k3s/agent/images/all.tar", "images of a file")
                .containsEntry("c3:/var/lib/rancher/k3s/agent/images/all.tar", "images of a file");
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static void assertReuse(FakeEngine engine) {
        assertThat(engine.happened())
                .as("the first goes on and serves the second; when it is ill, the third gets another")
                .containsSubsequence(
                        "create c4",
                        "start c4",
                        "exec c4 kubectl get --raw=/readyz",
                        "remove c4",
                        "create c5",
                        "start c5")
                .doesNotContain("remove c5", "create c6");
        assertThat(engine.happened().stream().filter("exec c4 kubectl get --raw=/readyz"::equals))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(engine.happened().stream().filter("create c4"::equals)).hasSize(1);
    }
}
