package io.statefulkit.cluster.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ClusterStartException;
import io.statefulkit.cluster.ExistingOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigProviderTest {

    @TempDir
    private Path directory;

    private final KubeconfigProvider provider = new KubeconfigProvider();

    private static ClusterSettings settings(Path kubeconfig) {
        return ClusterSettings.defaults()
                .withExisting(new ExistingOptions(kubeconfig.toString(), ExistingOptions.CONTEXTS_FOR_TESTS, false));
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
        assertThat(provider.obstacle(ClusterSettings.defaults().withExisting(ExistingOptions.NONE)))
                .contains("no kubeconfig is named: set STATEFULKIT_KUBECONFIG or -Dstatefulkit.kubeconfig to its path");
        assertThat(provider.obstacle(settings(Path.of("/nowhere/config"))))
                .contains("the kubeconfig /nowhere/config cannot be read");
    }

    @Test
    void a_context_that_does_not_look_like_tests_is_refused() throws IOException {
        Path file = kubeconfig("production");

        assertThatThrownBy(() -> provider.start(settings(file)))
                .isInstanceOf(ClusterStartException.class)
                .hasMessageStartingWith("the current context of " + file
                        + " is 'production', which does not look like a" + " cluster for tests")
                .hasMessageEndingWith("if it is one, set STATEFULKIT_ALLOW_CONTEXTS=production");
    }

    @Test
    void a_file_that_is_no_kubeconfig_is_an_error() throws IOException {
        Path file = Files.writeString(directory.resolve("config"), "- just\n- a list\n");

        assertThat(provider.obstacle(settings(file))).isEmpty();
        assertThatThrownBy(() -> provider.start(settings(file)))
                .isInstanceOf(ClusterStartException.class)
                .hasMessageContaining(file.toString());
    }

    /** Of nobody: it says that it is valid for 100 years, and its key is lost. */
    private static final String CERTIFICATE = """
        -----BEGIN CERTIFICATE-----
        MIIBtzCCAV2gAwIBAgIUUxLu39TSFPauPndv/Pvr4b9SrEIwCgYIKoZIzj0EAwIw
        MDEXMBUGA1UECgwOc3lzdGVtOm1hc3RlcnMxFTATBgNVBAMMDHN5c3RlbTphZG1p
        bjAgFw0yNjExMzAxODEyMzZaGA8yMTI2MTEwNjE4MTIzNlowMDEXMBUGA1UECgwO
        c3lzdGVtOm1hc3RlcnMxFTATBgNVBAMMDHN5c3RlbTphZG1pbjBZMBMGByqGSM49
        AgEGCCqGSM49AwEHA0IABGU3/pvR88162A8RN6VU8DqPIByntdfvQPKAyb2e1Gnb
        O5TGw5fayfSywIo4r3dwl6UYLN2/WZXY71rusrH4UMqjUzBRMB0GA1UdDgQWBBTX
        7i/Q+Sx9fLQH+wknOwGlezuxxzAfBgNVHSMEGDAWgBTX7i/Q+Sx9fLQH+wknOwGl
        ezuxxzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIGoSih+R1zqA
        /70kTCP7u0Oo5QB9kYcsl2Uc09XeBTRQAiEA2MVAXsjqTaBShtgbbY9gZip12/Q6
        Qr988b5XMPpCfkI=
        -----END CERTIFICATE-----
        """;

    @Test
    void files_that_it_names_are_beside_it_and_it_is_read_again_when_a_token_has_expired() throws IOException {
        HttpServer server = refusing();
        try {
            Path authority = Files.writeString(directory.resolve("ca.crt"), CERTIFICATE);
            Path file = kubeconfig(
                    "kind-tests", "http://127.0.0.1:" + server.getAddress().getPort());
            Files.writeString(
                    file, Files.readString(file).replace("cluster: {", "cluster: {certificate-authority: ca.crt, "));

            try (Cluster cluster = provider.start(settings(file))) {
                Config config = cluster.client().getConfiguration();
                assertThat(Path.of(config.getCaCertFile())).isEqualTo(authority);
                assertThat(config.getFile()).isEqualTo(file.toFile());
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void an_empty_file_is_an_error_that_names_it() throws IOException {
        Path file = Files.writeString(directory.resolve("config"), "");

        assertThatThrownBy(() -> provider.start(settings(file)))
                .isInstanceOf(ClusterStartException.class)
                .hasMessageStartingWith("the kubeconfig " + file + " cannot be read: ");
    }

    /** An API server that answers whether somebody may, and nothing else. */
    private static HttpServer refusing(String... resources) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean isAllowed = Stream.of(resources).noneMatch(question::contains);
            byte[] answer = ("{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\","
                            + "\"status\":{\"allowed\":" + isAllowed + "}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(201, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void rights_that_are_missing_are_named_before_any_test_runs() throws IOException {
        HttpServer server = refusing("namespaces", "services");
        try {
            Path file = kubeconfig(
                    "kind-tests", "http://127.0.0.1:" + server.getAddress().getPort());

            assertThatThrownBy(() -> provider.start(settings(file)))
                    .isInstanceOf(ClusterStartException.class)
                    .hasMessage("the user of context kind-tests of " + file + " may not: create namespaces, delete"
                            + " namespaces, get namespaces, create services, patch services; tests need"
                            + " that to work in namespaces of their own");
        } finally {
            server.stop(0);
        }
    }

    /** A WebSocket is asked for by a GET, and since Kubernetes 1.35 has to be allowed to create as well. */
    @Test
    void to_run_commands_and_to_forward_ports_both_rights_are_needed() {
        assertThat(Rights.OF_TESTS)
                .contains("get  pods/exec", "create  pods/exec", "get  pods/portforward", "create  pods/portforward");
    }

    @Test
    void what_disruptions_of_nodes_need_is_asked_for_when_they_are_allowed() throws IOException {
        HttpServer server = refusing("\"eviction\"", "\"nodes\"");
        try {
            Path file = kubeconfig(
                    "kind-tests", "http://127.0.0.1:" + server.getAddress().getPort());
            try (Cluster cluster = provider.start(settings(file))) {
                assertThat(cluster.killObstacle())
                        .hasValueSatisfying(why -> assertThat(why)
                                .startsWith("the cluster exists already, and nobody allowed to reach into its nodes;"));
            }

            ClusterSettings allowing =
                    ClusterSettings.defaults().withExisting(new ExistingOptions(file.toString(), "kind-.*", true));
            assertThatThrownBy(() -> provider.start(allowing))
                    .isInstanceOf(ClusterStartException.class)
                    .hasMessage("the user of context kind-tests of " + file
                            + " may not: create pods/eviction, get nodes, list"
                            + " nodes, patch nodes; statefulkit.allowNodeDisruptions is true, and they need that");
        } finally {
            server.stop(0);
        }
    }
}
