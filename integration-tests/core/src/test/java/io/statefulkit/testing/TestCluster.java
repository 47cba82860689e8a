package io.statefulkit.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.statefulkit.embedded.EmbeddedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The cluster that the settings ask for, by the names that {@code @StatefulCluster} has for them: {@code statefulkit.provider} is
 * {@code embedded} unless said otherwise, {@code k3s}, or {@code kubeconfig} with {@code statefulkit.kubeconfig}.
 *
 * @param client its client
 * @param kubeconfig the file that leads to it
 * @param lasting whether it goes on after the tests
 * @param embedded itself, if it is an embedded one
 */
record TestCluster(KubernetesClient client, String kubeconfig, boolean lasting, Optional<EmbeddedCluster> embedded) {

    private static final int PATIENCE = 60_000;

    static TestCluster asConfigured() {
        String provider = setting("provider").orElse("embedded").toLowerCase(Locale.ROOT);
        return switch (provider) {
            case "embedded", "auto" -> start();
            case "k3s" -> k3s();
            case "kubeconfig" ->
                existing(setting("kubeconfig")
                        .orElseThrow(() -> new IllegalArgumentException(
                                "statefulkit.provider=kubeconfig needs statefulkit.kubeconfig,"
                                        + " the path of a kubeconfig")));
            default ->
                throw new IllegalArgumentException(
                        "statefulkit.provider must be one of [auto, embedded, k3s, kubeconfig], but is '" + provider
                                + "'");
        };
    }

    private static TestCluster start() {
        EmbeddedCluster cluster = EmbeddedCluster.start();
        return new TestCluster(cluster.client(), read(cluster.kubeconfig()), false, Optional.of(cluster));
    }

    /** It ends with the JVM, by Testcontainers. */
    private static TestCluster k3s() {
        TestCluster cluster = of(K3s.start(setting("k3s.image").orElse("v1.34.1")), false);
        K3s.awaitUsable(cluster.client());
        return cluster;
    }

    private static TestCluster existing(String file) {
        return of(read(Path.of(file)), true);
    }

    private static TestCluster of(String kubeconfig, boolean lasting) {
        return new TestCluster(
                new KubernetesClientBuilder().withConfig(config(kubeconfig)).build(),
                kubeconfig,
                lasting,
                Optional.empty());
    }

    /** A cluster that shares the machine with the tests takes longer for an answer than the usual ten seconds when that is busy. */
    static Config config(String kubeconfig) {
        Config config = Config.fromKubeconfig(kubeconfig);
        config.setRequestTimeout(PATIENCE);
        return config;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the kubeconfig cannot be read", e);
        }
    }

    private static Optional<String> setting(String name) {
        String variable = "STATEFULKIT_" + name.replace('.', '_').toUpperCase(Locale.ROOT);
        return Optional.ofNullable(System.getenv(variable))
                .filter(text -> !text.isBlank())
                .or(() -> Optional.ofNullable(System.getProperty("statefulkit." + name)))
                .filter(text -> !text.isBlank());
    }
}
