package io.statefulkit.cluster.testing;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.StatefulKit;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.choice.ClusterRegistry;
import io.statefulkit.deploy.Patience;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.embedded.EmbeddedOptions;
import io.statefulkit.survival.disruption.power.EmbeddedPowers;
import io.statefulkit.survival.disruption.power.Powers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The cluster that tests of many crashes were told to run on, and a namespace there. An embedded one is theirs alone, and restarts
 * containers almost at once.
 *
 * @param client its client
 * @param powers what can be done to it besides what its API offers
 * @param killsAtOnce whether it kills a process as soon as it is told to: elsewhere a command in a node takes a second, and a pod longer
 * @param namespace where the tests are
 * @param end lets go of it
 */
public record RestartingCluster(
        KubernetesClient client, Powers powers, boolean killsAtOnce, String namespace, Runnable end)
        implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String OWNER = "restarting";

    /** Starts it, with so many nodes if it is to be started. */
    public static RestartingCluster withNodes(int nodes) {
        Optional<ProviderKind> other =
                SkipsTheImpossible.otherProvider().map(name -> ProviderKind.valueOf(name.toUpperCase(Locale.ROOT)));
        if (other.isEmpty()) {
            EmbeddedCluster cluster = EmbeddedCluster.start(
                    EmbeddedOptions.defaults().withNodes(nodes).withRestartBackOff(PAUSE, PAUSE));
            return new RestartingCluster(
                    cluster.client(), new EmbeddedPowers(cluster.faults()), true, "default", cluster::close);
        }
        ClusterRegistry registry = ClusterRegistry.ofThisJvm();
        ClusterSettings settings = ClusterSettings.defaults()
                .withProvider(other.get())
                .withK3s(AskedForK3s.options())
                .withNodes(nodes);
        // Nodes of its own, which go with it: those of the other tests go on beside them.
        Cluster cluster = registry.own(settings, OWNER);
        String namespace = "rare-" + UUID.randomUUID();
        cluster.createNamespace(namespace, Map.of());
        return new RestartingCluster(cluster.client(), Here.powers(cluster.client()), false, namespace, () -> {
            cluster.deleteNamespace(namespace);
            registry.end(settings, OWNER);
        });
    }

    /** A kit in the namespace, with patience for a busy machine, and elsewhere for a registry that refuses once. */
    public StatefulKit kit() {
        StatefulKit kit = StatefulKit.on(client).inNamespace(namespace);
        return SkipsTheImpossible.otherProvider().isEmpty()
                ? kit.withTimeout(Duration.ofMinutes(5))
                : kit.withPatience(new Patience(Duration.ofMinutes(8), Duration.ofMinutes(1)));
    }

    @Override
    public void close() {
        end.run();
    }
}
