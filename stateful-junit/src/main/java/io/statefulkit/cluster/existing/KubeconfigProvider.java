package io.statefulkit.cluster.existing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterProvider;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ClusterStartException;
import io.statefulkit.cluster.ExistingOptions;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.client.ClientCluster;
import io.statefulkit.cluster.client.Killing;
import io.statefulkit.cluster.embedded.EmbeddedKill;
import io.statefulkit.internal.NotApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cluster that exists already. It must be named on purpose: tests delete pods, so the cluster that {@code kubectl} happens to point at is
 * never taken. The kubeconfig is that of the setting {@code statefulkit.kubeconfig}; its current context must be one that looks like a
 * cluster for tests, or match {@code statefulkit.allowContexts}. Processes are killed only with
 * {@code statefulkit.allowNodeDisruptions}.
 */
@NotApi
public final class KubeconfigProvider implements ClusterProvider {

    private static final String NOT_ALLOWED = "the cluster exists already, and nobody allowed to reach into its nodes;"
            + " STATEFULKIT_ALLOW_NODE_DISRUPTIONS=true does, by a privileged pod in the namespace of the tests";

    @Override
    public ProviderKind kind() {
        return ProviderKind.KUBECONFIG;
    }

    @Override
    public Optional<String> obstacle(ClusterSettings settings) {
        String file = settings.existing().kubeconfig();
        if (file.isEmpty()) {
            return Optional.of(
                    "no kubeconfig is named: set STATEFULKIT_KUBECONFIG or -Dstatefulkit.kubeconfig to its path");
        }
        return Files.isReadable(Path.of(file))
                ? Optional.empty()
                : Optional.of("the kubeconfig " + file + " cannot be read");
    }

    @Override
    public Cluster start(ClusterSettings settings) {
        ExistingOptions existing = settings.existing();
        obstacle(settings).ifPresent(obstacle -> {
            throw new ClusterStartException(obstacle);
        });
        Path file = Path.of(existing.kubeconfig());
        Config config = read(file);
        String context = config.getCurrentContext() == null
                ? ""
                : config.getCurrentContext().getName();
        checkContext(file, context, existing.allowContexts());
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        try {
            checkRights(client, existing.allowNodeDisruptions(), "context " + context + " of " + file);
            return new ClientCluster(kind(), client, file, killing(client, existing.allowNodeDisruptions()), client);
        } catch (KubernetesClientException e) {
            client.close();
            throw new ClusterStartException(
                    "the cluster of context " + context + " of " + file + " does not answer: " + e.getMessage(), e);
        } catch (ClusterStartException e) {
            client.close();
            throw e;
        }
    }

    private static void checkRights(KubernetesClient client, boolean withNodes, String whose) {
        List<String> missing = Rights.missing(client, Rights.OF_TESTS);
        if (!missing.isEmpty()) {
            throw new ClusterStartException("the user of " + whose + " may not: " + String.join(", ", missing)
                    + "; tests need that to work in namespaces of their own");
        }
        List<String> missingOnNodes = withNodes ? Rights.missing(client, Rights.OF_NODE_DISRUPTIONS) : List.of();
        if (!missingOnNodes.isEmpty()) {
            throw new ClusterStartException("the user of " + whose + " may not: " + String.join(", ", missingOnNodes)
                    + "; statefulkit.allowNodeDisruptions is true, and they need that");
        }
    }

    private static void checkContext(Path file, String context, String allowed) {
        if (!Pattern.matches(allowed, context)) {
            throw new ClusterStartException("the current context of " + file + " is '" + context
                    + "', which does not look like a cluster for tests (" + allowed
                    + "); if it is one, set STATEFULKIT_ALLOW_CONTEXTS=" + context);
        }
    }

    /** As a file: paths in it are relative to it, and a token that a command gave is asked for again when it has expired. */
    private static Config read(Path file) {
        try {
            return Config.fromKubeconfig(file.toFile());
        } catch (RuntimeException e) {
            throw new ClusterStartException("the kubeconfig " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Killing killing(KubernetesClient client, boolean isAllowed) {
        if (!isAllowed) {
            return new NoKilling(NOT_ALLOWED);
        }
        return EmbeddedKill.isThere(client) ? new EmbeddedKill(client) : new NodeKill(client);
    }
}
