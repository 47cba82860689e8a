package io.statefulkit.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A cluster that exists already. It must be named on purpose: tests delete pods, so the cluster that {@code kubectl} happens to point at is
 * never taken. The kubeconfig is that of the system property {@code statefulkit.kubeconfig} or of the environment variable
 * {@code STATEFULKIT_KUBECONFIG}, which wins; its current context must be one that looks like a cluster for tests, or match the regular
 * expression {@code statefulkit.allowContexts} or {@code STATEFULKIT_ALLOW_CONTEXTS}. Processes are killed only with
 * {@code statefulkit.allowNodeDisruptions} or {@code STATEFULKIT_ALLOW_NODE_DISRUPTIONS}.
 */
final class KubeconfigProvider implements ClusterProvider {

    private static final String FILE = "kubeconfig";
    private static final String ALLOWED = "allowContexts";
    private static final String NODES = "allowNodeDisruptions";
    private static final String FOR_TESTS =
            "kind-.*|k3d-.*|k3s.*|minikube|docker-desktop|rancher-desktop|orbstack|colima|microk8s|statefulkit.*";

    private final Function<String, Optional<String>> settings;

    /** Takes settings from where this finds them, by their names without a prefix. */
    KubeconfigProvider(Function<String, Optional<String>> settings) {
        this.settings = settings;
    }

    @Override
    public ProviderKind kind() {
        return ProviderKind.KUBECONFIG;
    }

    @Override
    public Optional<String> obstacle() {
        Optional<String> file = settings.apply(FILE);
        if (file.isEmpty()) {
            return Optional.of(
                    "no kubeconfig is named: set STATEFULKIT_KUBECONFIG or -Dstatefulkit.kubeconfig to its path");
        }
        return Files.isReadable(Path.of(file.get()))
                ? Optional.empty()
                : Optional.of("the kubeconfig " + file.get() + " cannot be read");
    }

    @Override
    public Cluster start(ClusterSettings wanted) {
        Path file =
                Path.of(settings.apply(FILE).orElseThrow(() -> new ClusterStartException("no kubeconfig is named")));
        Config config = read(file);
        String context = config.getCurrentContext() == null
                ? ""
                : config.getCurrentContext().getName();
        checkContext(file, context);
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        try {
            List<String> missing = Rights.missing(client);
            if (!missing.isEmpty()) {
                throw new ClusterStartException("the user of context " + context + " of " + file + " may not: "
                        + String.join(", ", missing) + "; tests need that to work in namespaces of their own");
            }
            return new ClientCluster(kind(), client, file, killing(client), client);
        } catch (KubernetesClientException e) {
            client.close();
            throw new ClusterStartException(
                    "the cluster of context " + context + " of " + file + " does not answer: " + e.getMessage(), e);
        } catch (ClusterStartException e) {
            client.close();
            throw e;
        }
    }

    private void checkContext(Path file, String context) {
        String allowed = settings.apply(ALLOWED).orElse(FOR_TESTS);
        if (!Pattern.matches(allowed, context)) {
            throw new ClusterStartException("the current context of " + file + " is '" + context
                    + "', which does not look like a cluster for tests (" + allowed
                    + "); if it is one, set STATEFULKIT_ALLOW_CONTEXTS=" + context);
        }
    }

    private static Config read(Path file) {
        try {
            return Config.fromKubeconfig(Files.readString(file));
        } catch (IOException | RuntimeException e) {
            throw new ClusterStartException("the kubeconfig " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private ClientCluster.Killing killing(KubernetesClient client) {
        return isAllowedOnNodes() ? new NodeKill(client)::kill : KubeconfigProvider::refuseToKill;
    }

    private boolean isAllowedOnNodes() {
        String allowed = settings.apply(NODES).orElse("false").strip().toLowerCase(Locale.ROOT);
        if (!Set.of("true", "false").contains(allowed)) {
            throw new ClusterStartException(
                    "statefulkit." + NODES + " must be true or false, but is '" + allowed + "'");
        }
        return allowed.equals("true");
    }

    private static void refuseToKill(String namespace, String pod, String container) {
        throw new UnsupportedOperationException("cannot kill the process of container " + container + " of pod "
                + namespace + "/" + pod + ": the cluster exists already, and nobody allowed to reach into its nodes;"
                + " STATEFULKIT_ALLOW_NODE_DISRUPTIONS=true does, by a privileged pod in the namespace of the tests");
    }
}
