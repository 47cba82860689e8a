package io.statefulkit.cluster.embedded;

import io.statefulkit.cluster.Cluster;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.Reuse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The program of another JVM that uses a shared cluster until its input ends, or it is killed. */
final class OtherJvm {

    private OtherJvm() {}

    static SharedEmbedded cluster(Path directory) {
        return new SharedEmbedded(
                ClusterSettings.defaults().withProvider(ProviderKind.EMBEDDED).withReuse(Reuse.PER_BUILD),
                new SharedPlace(directory),
                Duration.ZERO);
    }

    /** Joins the cluster of a directory, makes a namespace, and prints where the cluster is. */
    public static void main(String[] args) throws IOException {
        try (Cluster cluster = cluster(Path.of(args[0])).join()) {
            cluster.createNamespace(args[1], Map.of());
            System.out.println(cluster.client().getMasterUrl());
            int unused = System.in.read();
        }
    }
}
