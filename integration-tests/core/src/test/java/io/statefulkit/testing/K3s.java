package io.statefulkit.testing;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** A k3s server in a container that ends with the JVM. The test kit has a better one, but is built beside these tests and not before them. */
final class K3s {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Pattern VERSION = Pattern.compile("v?(\\d+\\.\\d+\\.\\d+)(?:[-+](k3s\\d+))?");

    private K3s() {}

    /** Starts one of this image, or of this version, and returns the kubeconfig that leads to it. */
    static String start(String imageOrVersion) {
        K3sContainer k3s =
                new K3sContainer(DockerImageName.parse(image(imageOrVersion)).asCompatibleSubstituteFor("rancher/k3s"));
        k3s.withCommand(
                "server",
                "--tls-san=" + k3s.getHost(),
                "--disable=traefik",
                "--disable=metrics-server",
                "--disable=servicelb");
        // Otherwise a line of its log would be waited for, which says nothing of the API.
        k3s.waitingFor(Wait.forSuccessfulCommand("kubectl get --raw=/readyz"))
                .withStartupTimeout(LIMIT)
                .start();
        return k3s.getKubeConfigYaml();
    }

    static String image(String imageOrVersion) {
        Matcher version = VERSION.matcher(imageOrVersion);
        return version.matches()
                ? "rancher/k3s:v" + version.group(1) + "-" + Objects.requireNonNullElse(version.group(2), "k3s1")
                : imageOrVersion;
    }

    /** Waits for what is made after the API answers: a deployment looks for a storage class before it begins. */
    static void awaitUsable(KubernetesClient client) {
        await().atMost(LIMIT)
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> isUsable(client));
    }

    static boolean isUsable(KubernetesClient client) {
        return client.nodes().list().getItems().stream().anyMatch(Readiness::isNodeReady)
                && client.serviceAccounts()
                                .inNamespace("default")
                                .withName("default")
                                .get()
                        != null
                && !client.storage().v1().storageClasses().list().getItems().isEmpty();
    }
}
