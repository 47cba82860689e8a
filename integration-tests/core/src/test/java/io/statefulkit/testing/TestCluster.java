package io.statefulkit.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.statefulkit.embedded.EmbeddedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The cluster that the settings ask for, by the names that {@code @StatefulCluster} has for them: {@code statefulkit.provider} is
 * {@code embedded} unless said otherwise, {@code k3s}, or {@code kubeconfig} with {@code statefulkit.kubeconfig}.
 *
 * @param client its client
 * @param kubeconfig the file that leads to it
 * @param embedded itself, if it is an embedded one
 */
record TestCluster(KubernetesClient client, String kubeconfig, Optional<EmbeddedCluster> embedded) {

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
        return new TestCluster(cluster.client(), read(cluster.kubeconfig()), Optional.of(cluster));
    }

    /** It ends with the JVM, by Testcontainers. */
    private static TestCluster k3s() {
        String image = setting("k3s.image").orElse("rancher/k3s:v1.34.1-k3s1");
        K3sContainer k3s = new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
        k3s.withStartupTimeout(Duration.ofMinutes(5)).start();
        return of(k3s.getKubeConfigYaml());
    }

    private static TestCluster existing(String file) {
        return of(read(Path.of(file)));
    }

    private static TestCluster of(String kubeconfig) {
        Config config = Config.fromKubeconfig(kubeconfig);
        return new TestCluster(new KubernetesClientBuilder().withConfig(config).build(), kubeconfig, Optional.empty());
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
