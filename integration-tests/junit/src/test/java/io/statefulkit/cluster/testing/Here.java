package io.statefulkit.cluster.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.choice.ClusterRegistry;
import io.statefulkit.embedded.Faults;
import io.statefulkit.survival.disruption.power.EmbeddedPowers;
import io.statefulkit.survival.disruption.power.Powers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What can be done on the cluster that tests were told to run on. What cannot be done skips a test, in a line that says what it is. */
public final class Here {

    private Here() {}

    private static Cluster cluster(KubernetesClient client) {
        return ClusterRegistry.ofThisJvm().of(client).orElseThrow();
    }

    /** Whether it is in this JVM, and its containers are processes of this machine. */
    public static boolean isEmbedded(KubernetesClient client) {
        return cluster(client).provider() == ProviderKind.EMBEDDED;
    }

    /** What can be done to the cluster besides what its API offers. */
    public static Powers powers(KubernetesClient client) {
        Cluster cluster = cluster(client);
        return cluster.faults()
                .<Powers>map(EmbeddedPowers::new)
                .orElseGet(() -> cluster.killObstacle()
                        .map(why -> Powers.withoutKilling(Set.of(), why))
                        .orElseGet(() -> Powers.of(cluster::kill)));
    }

    /** What tests can do to an embedded cluster; skips the test on others. */
    public static Faults faults(KubernetesClient client, String why) {
        Optional<Faults> faults = cluster(client).faults();
        assumeTrue(faults.isPresent(), "only on the embedded cluster: " + why);
        return faults.orElseThrow();
    }

    /** Skips the test on an embedded cluster when this machine lacks a server; images of other clusters bring theirs. */
    public static void assumeServer(KubernetesClient client, String name) {
        assumeTrue(
                !isEmbedded(client)
                        || Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))),
                name + " is not installed");
    }
}
