package io.statefulkit.testing;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.StatefulKit;
import io.statefulkit.embedded.EmbeddedCluster;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** One embedded cluster for all tests of the module; it ends with the JVM. Each test class has a namespace of its own. */
public final class SharedCluster {

    private static final EmbeddedCluster CLUSTER = EmbeddedCluster.start();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private SharedCluster() {}

    /** Returns the cluster. */
    public static EmbeddedCluster cluster() {
        return CLUSTER;
    }

    /** Returns its client. */
    public static KubernetesClient client() {
        return CLUSTER.client();
    }

    /** Returns a kit in a new namespace, with patience for a busy machine. */
    public static StatefulKit kit(String name) {
        String namespace = name + "-" + COUNT.incrementAndGet();
        client().namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        return StatefulKit.on(client()).inNamespace(namespace).withTimeout(Duration.ofMinutes(5));
    }
}
