package io.statefulkit.cluster.choice;

import io.statefulkit.cluster.ClusterProvider;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ClusterStartException;
import io.statefulkit.cluster.ProviderKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The provider that was chosen, and why.
 *
 * @param provider the provider
 * @param reason why, in a few words
 */
record Selection(ClusterProvider provider, String reason) {

    /** The kinds that may be chosen without being asked for: never a cluster that somebody else uses. */
    private static final List<ProviderKind> AUTOMATIC = List.of(ProviderKind.K3S, ProviderKind.EMBEDDED);

    static Selection of(ClusterSettings settings, List<ClusterProvider> providers) {
        if (settings.provider() != ProviderKind.AUTO) {
            return named(settings, providers);
        }
        Selection selection = automatic(settings, providers);
        if (settings.failWithoutDocker() && selection.provider().kind() != ProviderKind.K3S) {
            throw new ClusterStartException("statefulkit.failWithoutDocker is set, and no k3s can be started: "
                    + selection.reason() + ". Start a Docker engine, or ask for another provider by name");
        }
        return selection;
    }

    private static Selection named(ClusterSettings settings, List<ClusterProvider> providers) {
        ProviderKind kind = settings.provider();
        ClusterProvider provider = find(kind, providers)
                .orElseThrow(() -> new ClusterStartException("there is no provider of " + kind + " clusters"));
        provider.obstacle(settings).ifPresent(obstacle -> {
            throw new ClusterStartException("cannot start a cluster of kind " + kind + ": " + obstacle);
        });
        return new Selection(provider, "it was asked for");
    }

    private static Selection automatic(ClusterSettings settings, List<ClusterProvider> providers) {
        List<String> obstacles = new ArrayList<>();
        for (ProviderKind kind : AUTOMATIC) {
            Optional<ClusterProvider> provider = find(kind, providers);
            Optional<String> obstacle =
                    provider.isPresent() ? provider.get().obstacle(settings) : Optional.of("not on the class path");
            if (obstacle.isEmpty()) {
                return new Selection(
                        provider.get(), obstacles.isEmpty() ? "it is available" : String.join("; ", obstacles));
            }
            obstacles.add("no " + kind + ": " + obstacle.get());
        }
        throw new ClusterStartException("no cluster can be started on this machine. " + String.join(". ", obstacles));
    }

    private static Optional<ClusterProvider> find(ProviderKind kind, List<ClusterProvider> providers) {
        return providers.stream().filter(provider -> provider.kind() == kind).findFirst();
    }
}
