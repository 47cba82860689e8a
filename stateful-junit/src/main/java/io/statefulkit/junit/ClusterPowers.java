package io.statefulkit.junit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterRegistry;
import io.statefulkit.survival.disruption.Capability;
import io.statefulkit.survival.disruption.EmbeddedPowers;
import io.statefulkit.survival.disruption.Powers;
import io.statefulkit.survival.disruption.ProcessKill;
import java.util.Set;

/** What can be done to a cluster of tests, which is known before anything is. */
final class ClusterPowers {

    private ClusterPowers() {}

    /** To the one of this registry that a client talks to. */
    static Powers of(KubernetesClient client, ClusterRegistry registry) {
        return registry.of(client)
                .map(ClusterPowers::of)
                .orElseGet(() -> new Limited(
                        Set.of(Capability.CORDON),
                        "its cluster was not started by @StatefulCluster; tell the run how:"
                                + " with(run -> run.with(powers))"));
    }

    static Powers of(Cluster cluster) {
        return cluster.faults()
                .<Powers>map(EmbeddedPowers::new)
                .orElseGet(() -> cluster.killObstacle()
                        .<Powers>map(why -> new Limited(Set.of(), why))
                        .orElseGet(() -> Powers.of(cluster::kill)));
    }

    /** A run that needs more than that is refused before it begins. */
    private record Limited(Set<Capability> capabilities, String whyNot) implements Powers {

        @Override
        public void kill(String namespace, String pod, String container) {
            ProcessKill.impossible(whyNot).kill(namespace, pod, container);
        }
    }
}
