package io.statefulkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigProviderTest {

    @TempDir
    private Path directory;

    private static KubeconfigProvider provider(Map<String, String> settings) {
        return new KubeconfigProvider(name -> Optional.ofNullable(settings.get(name)));
    }

    private Path kubeconfig(String context) throws IOException {
        return kubeconfig(context, "https://127.0.0.1:1");
    }

    private Path kubeconfig(String context, String server) throws IOException {
        return Files.writeString(directory.resolve("config"), """
            apiVersion: v1
            kind: Config
            current-context: %1$s
            clusters: [{name: c, cluster: {server: "%2$s"}}]
            users: [{name: u, user: {token: t}}]
            contexts: [{name: %1$s, context: {cluster: c, user: u}}]
            """.formatted(context, server));
    }

    @Test
    void without_being_named_no_cluster_is_taken() {
        assertThat(provider(Map.of()).obstacle())
                .contains("no kubeconfig is named: set STATEFULKIT_KUBECONFIG or -Dstatefulkit.kubeconfig to its path");
        assertThat(provider(Map.of("kubeconfig", "/nowhere/config")).obstacle())
                .contains("the kubeconfig /nowhere/config cannot be read");
    }

    @Test
    void a_context_that_does_not_look_like_tests_is_refused() throws IOException {
        Path file = kubeconfig("production");

        assertThatThrownBy(() -> provider(Map.of("kubeconfig", file.toString())).start(ClusterSettings.defaults()))
                .isInstanceOf(ClusterStartException.class)
                .hasMessageStartingWith("the current context of " + file
                        + " is 'production', which does not look like a" + " cluster for tests")
                .hasMessageEndingWith("if it is one, set STATEFULKIT_ALLOW_CONTEXTS=production");
    }

    @Test
    void a_file_that_is_no_kubeconfig_is_an_error() throws IOException {
        Path file = Files.writeString(directory.resolve("config"), "- just\n- a list\n");

        assertThat(provider(Map.of("kubeconfig", file.toString())).obstacle()).isEmpty();
        assertThatThrownBy(() -> provider(Map.of("kubeconfig", file.toString())).start(ClusterSettings.defaults()))
                .isInstanceOf(ClusterStartException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void rights_that_are_missing_are_named_before_any_test_runs() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean isAllowed = !question.contains("namespaces") && !question.contains("secrets");
            byte[] answer = ("{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\","
                            + "\"status\":{\"allowed\":" + isAllowed + "}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(201, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            Path file = kubeconfig(
                    "kind-tests", "http://127.0.0.1:" + server.getAddress().getPort());

            assertThatThrownBy(() ->
                            provider(Map.of("kubeconfig", file.toString())).start(ClusterSettings.defaults()))
                    .isInstanceOf(ClusterStartException.class)
                    .hasMessage("the user of context kind-tests of " + file + " may not: create namespaces,"
                            + " delete namespaces, create secrets; tests need that to work in namespaces of their own");
        } finally {
            server.stop(0);
        }
    }
}
