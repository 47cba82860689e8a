package io.statefulkit.cluster.choice;

import io.statefulkit.cluster.ClusterProvider;
import io.statefulkit.cluster.embedded.EmbeddedProvider;
import io.statefulkit.cluster.existing.KubeconfigProvider;
import io.statefulkit.cluster.k3s.K3sProvider;
import java.util.List;

/** The providers there are. */
final class Providers {

    private Providers() {}

    static List<ClusterProvider> all() {
        return List.of(new K3sProvider(), new EmbeddedProvider(), new KubeconfigProvider());
    }
}
