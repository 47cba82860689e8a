package io.statefulkit.cluster;

import java.util.List;

/** The providers there are. */
final class Providers {

    private Providers() {}

    static List<ClusterProvider> all() {
        return List.of(new K3sProvider(DockerProbe.ofThisJvm()), new EmbeddedProvider(), new KubeconfigProvider());
    }
}
