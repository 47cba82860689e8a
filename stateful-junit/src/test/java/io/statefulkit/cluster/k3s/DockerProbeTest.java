package io.statefulkit.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.choice.ClusterRegistry;
import io.statefulkit.cluster.embedded.EmbeddedProvider;
import io.statefulkit.cluster.engine.SlowEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Engines that answer, but without what k3s needs: each is told in one line, and none is waited for. */
@Timeout(60)
class DockerProbeTest {

    private static final String K3S = "rancher/k3s:v1.34.1-k3s1";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(250);

    /** Some answers come, on a busy machine too, and one that does not is waited for. */
    private static final Duration FAIR = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    private static DockerProbe probe(SlowEngine engine, Duration limit) {
        return new DockerProbe(Map.of("DOCKER_HOST", engine.address()), List.of(), limit);
    }

    private static Optional<String> obstacle(SlowEngine engine, Duration limit, String... images) {
        return probe(engine, limit).obstacle(() -> List.of(images));
    }

    @Test
    void one_that_has_all_images_is_asked_for_nothing_else() throws IOException {
        try (SlowEngine engine = new SlowEngine(
                directory,
                Map.of(
                        "/_ping",
                        "200 OK",
                        "/images/" + K3S + "/json",
                        "200 {}",
                        "/images/json?filters=",
                        "200 [{\"RepoTags\":[\"testcontainers/ryuk:0.12.0\"]}]"))) {
            assertThat(obstacle(engine, LONG, K3S, "testcontainers/ryuk")).isEmpty();
            assertThat(new DockerProbe(Map.of(), List.of(directory.resolve("none"), engine.socket()), LONG)
                            .obstacle(() -> List.of(K3S)))
                    .isEmpty();
            assertThat(probe(engine, LONG).glance(() -> List.of(K3S))).isEmpty();
        }
    }

    @Test
    void at_a_glance_nobody_else_is_asked_where_there_is_none() {
        DockerProbe nowhere = new DockerProbe(Map.of(), List.of(directory.resolve("none")), LONG);
        String line =
                "no Docker engine answers where there usually is one; tests ask Testcontainers too, which looks at"
                        + " other places, for longer";

        assertThat(nowhere.obstacle(() -> List.of(K3S))).isEmpty();
        assertThat(nowhere.glance(() -> List.of(K3S))).contains(line);
        assertThat(new K3sProvider(nowhere).glance(ClusterSettings.defaults())).contains(line);
    }

    @Test
    void one_that_reaches_the_registry_may_pull() throws IOException {
        try (SlowEngine engine = new SlowEngine(
                directory,
                Map.of("/_ping", "200 OK", "/images/", "404 {}", "/distribution/" + K3S + "/json", "200 {}"))) {
            assertThat(obstacle(engine, LONG, K3S)).isEmpty();
        }
    }

    @Test
    void one_that_never_answers_is_not_waited_for() throws IOException {
        try (SlowEngine engine = new SlowEngine(directory, Map.of())) {
            assertThat(obstacle(engine, SHORT, K3S))
                    .contains("the Docker engine at " + engine.address() + " does not answer within 0.25 s");
        }
    }

    @Test
    void one_that_is_gone_says_so() throws IOException {
        SlowEngine engine = new SlowEngine(directory, Map.of());
        engine.close();

        assertThat(obstacle(engine, LONG, K3S))
                .hasValueSatisfying(
                        why -> assertThat(why).startsWith("no Docker engine answers at " + engine.address() + ": "));
    }

    @Test
    void a_socket_that_nobody_listens_at_is_followed_by_the_next(@TempDir Path other) throws IOException {
        SlowEngine gone = new SlowEngine(other, Map.of());
        gone.close();
        try (SlowEngine engine = new SlowEngine(directory, Map.of())) {
            assertThat(new DockerProbe(Map.of(), List.of(gone.socket(), engine.socket()), FAIR)
                            .obstacle(() -> List.of(K3S)))
                    .contains("the Docker engine at " + engine.address() + " does not answer within 1 s");
        }
        assertThat(new DockerProbe(Map.of(), List.of(gone.socket()), FAIR).obstacle(() -> List.of(K3S)))
                .as("Testcontainers may know another place")
                .isEmpty();
    }

    @Test
    void it_asks_where_testcontainers_is_told_to() throws IOException {
        Path usual = Files.writeString(directory.resolve("usual"), "docker.host=tcp://a:1\ndocker.tls.verify=1\n");
        Path own = Files.writeString(directory.resolve("own"), "docker.host=tcp://a:1\ntc.host=tcp://b:2\n");

        assertThat(DockerProbe.configured(usual, Map.of("HOME", "/h", "DOCKER_HOST", "")))
                .isEqualTo(Map.of("HOME", "/h", "DOCKER_HOST", "tcp://a:1", "DOCKER_TLS_VERIFY", "1"));
        assertThat(DockerProbe.configured(usual, Map.of("DOCKER_HOST", "tcp://c:3")))
                .containsEntry("DOCKER_HOST", "tcp://c:3");
        assertThat(DockerProbe.configured(own, Map.of("DOCKER_HOST", "tcp://c:3")))
                .containsExactly(Map.entry("DOCKER_HOST", "tcp://b:2"));
        assertThat(DockerProbe.configured(directory.resolve("none"), Map.of())).isEmpty();
    }

    @Test
    void one_whose_pulls_hang_is_not_waited_for() throws IOException {
        try (SlowEngine engine = new SlowEngine(directory, Map.of("/_ping", "200 OK", "/images/", "404 {}"))) {
            assertThat(obstacle(engine, FAIR, K3S))
                    .contains("the Docker engine at " + engine.address() + " answers, but has no image " + K3S
                            + ", and did not reach its registry within 1 s");
        }
    }

    @Test
    void one_without_a_network_says_why() throws IOException {
        try (SlowEngine engine = new SlowEngine(
                directory,
                Map.of(
                        "/_ping",
                        "200 OK",
                        "/images/" + K3S + "/json",
                        "200 {}",
                        "/images/json?filters=",
                        "200 []",
                        "/distribution/testcontainers/ryuk:latest/json",
                        "500 {\"message\":\"Get \\\"https://registry-1.docker.io/v2/\\\": no such host\"}\n"))) {
            assertThat(obstacle(engine, LONG, K3S, "testcontainers/ryuk"))
                    .contains("the Docker engine at " + engine.address() + " answers, but has no image"
                            + " testcontainers/ryuk, and cannot pull it: Get \"https://registry-1.docker.io/v2/\":"
                            + " no such host");
        }
    }

    @Test
    void what_answers_may_be_something_else() throws IOException {
        try (SlowEngine engine = new SlowEngine(directory, Map.of("/_ping", "404 not here"))) {
            assertThat(obstacle(engine, LONG, K3S))
                    .contains("the Docker engine at " + engine.address() + " answers with 404");
        }
    }

    @Test
    void where_none_is_found_others_must_be_asked() {
        assertThat(new DockerProbe(Map.of(), List.of(), LONG).obstacle(() -> List.of(K3S)))
                .isEmpty();
        assertThat(new DockerProbe(Map.of("DOCKER_HOST", "ssh://host"), List.of(), LONG).obstacle(() -> List.of(K3S)))
                .isEmpty();
    }

    @Test
    void the_reaper_is_needed_unless_it_is_disabled() {
        assertThat(new DockerProbe(Map.of(), List.of(), LONG).reaper()).contains("testcontainers/ryuk");
        assertThat(new DockerProbe(Map.of("TESTCONTAINERS_RYUK_DISABLED", "true"), List.of(), LONG).reaper())
                .isEmpty();
    }

    /** Testcontainers itself is not asked: it would try to pull for two minutes. */
    @Test
    void automatic_takes_an_embedded_cluster_where_an_engine_has_no_network() throws IOException {
        try (SlowEngine engine = new SlowEngine(directory, Map.of("/_ping", "200 OK", "/images/", "404 {}"))) {
            K3sProvider k3s = new K3sProvider(probe(engine, FAIR));

            assertThat(k3s.obstacle(ClusterSettings.defaults()))
                    .hasValue("the Docker engine at " + engine.address() + " answers, but has no image "
                            + ClusterSettings.DEFAULT_K3S_IMAGE + ", and did not reach its registry within 1 s");
            assertThat(new ClusterRegistry(List.of(k3s, new EmbeddedProvider())).kind(ClusterSettings.defaults()))
                    .isEqualTo(ProviderKind.EMBEDDED);
        }
    }

    /** To wait for a slow registry is better than to have no cluster at all. */
    @Test
    void who_wants_k3s_and_nothing_else_waits_longer() throws IOException {
        try (SlowEngine engine = new SlowEngine(directory, Map.of("/_ping", "200 OK", "/images/", "404 {}"))) {
            K3sProvider k3s = new K3sProvider(probe(engine, SHORT));

            assertThat(k3s.obstacle(ClusterSettings.defaults().withProvider(ProviderKind.K3S)))
                    .hasValue("the Docker engine at " + engine.address() + " answers, but has no image "
                            + ClusterSettings.DEFAULT_K3S_IMAGE + ", and did not reach its registry within 2 s");
        }
    }
}
