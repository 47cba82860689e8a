package io.statefulkit.junit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.choice.ClusterRegistry;
import io.statefulkit.survival.disruption.power.Capability;
import io.statefulkit.survival.disruption.power.EmbeddedPowers;
import io.statefulkit.survival.disruption.power.Powers;
import java.util.Set;

/** What can be done to a cluster of tests, which is known before anything is. */
final class ClusterPowers {

    private ClusterPowers() {}

    /** To the one of this registry that a client talks to. */
    static Powers of(KubernetesClient client, ClusterRegistry registry) {
        return registry.of(client)
                .map(ClusterPowers::of)
                .orElseGet(() -> Powers.withoutKilling(
                        Set.of(Capability.CORDON),
                        "its cluster was not started by @StatefulCluster; tell the run how:"
                                + " with(run -> run.with(powers))"));
    }

    static Powers of(Cluster cluster) {
        return cluster.faults()
                .<Powers>map(EmbeddedPowers::new)
                .orElseGet(() -> cluster.killObstacle()
                        .map(why -> Powers.withoutKilling(Set.of(), why))
                        .orElseGet(() -> killing(cluster)));
    }

    private static Powers killing(Cluster cluster) {
        return cluster.nodeObstacle()
                .<Powers>map(why -> new KillOnly(cluster, why))
                .orElseGet(() -> Powers.of(cluster::kill));
    }

    /** Where others have pods on the same nodes. */
    private record KillOnly(Cluster cluster, String whyNot) implements Powers {

        @Override
        public Set<Capability> capabilities() {
            return Set.of(Capability.KILL);
        }

        @Override
        public void kill(String namespace, String pod, String container) {
            cluster.kill(namespace, pod, container);
        }
    }
}
