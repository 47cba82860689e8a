package io.statefulkit.samples.benchmarks;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.embedded.EmbeddedCluster;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A StatefulSet of many pods that need no process: what the controllers and the node cost. */
final class PodsBenchmark implements Benchmark {

    @Override
    public String name() {
        return "pods";
    }

    @Override
    public List<Figure> run() throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start()) {
            ready(cluster.client(), "warm", 100);
            double hundred = ready(cluster.client(), "hundred", 100);
            double thousand = ready(cluster.client(), "thousand", 1_000);
            return List.of(
                    new Figure(
                            "100 pods in parallel: all ready, s",
                            String.format(Locale.ROOT, "%.2f s", hundred / 1_000),
                            "—",
                            hundred / 1_000,
                            Limit.atMost(3)),
                    new Figure(
                            "time for one pod at 1,000 against 100",
                            String.format(Locale.ROOT, "%.2f ms", thousand / 1_000),
                            String.format(Locale.ROOT, "%.2f ms", hundred / 100),
                            thousand / 1_000 / (hundred / 100),
                            Limit.atMost(1.5)));
        }
    }

    private static double ready(KubernetesClient client, String name, int count) throws Exception {
        double millis = Samples.millis(() -> {
            client.resource(set(name, count)).create();
            return client.apps()
                    .statefulSets()
                    .inNamespace("default")
                    .withName(name)
                    .waitUntilCondition(
                            set -> set != null
                                    && set.getStatus() != null
                                    && Integer.valueOf(count)
                                            .equals(set.getStatus().getReadyReplicas()),
                            5,
                            TimeUnit.MINUTES);
        });
        client.apps().statefulSets().inNamespace("default").withName(name).delete();
        client.pods()
                .inNamespace("default")
                .withLabel("app", name)
                .withGracePeriod(0)
                .delete();
        return millis;
    }

    private static StatefulSet set(String name, int count) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(count)
                .withServiceName(name)
                .withPodManagementPolicy("Parallel")
                .withNewSelector()
                .withMatchLabels(Map.of("app", name))
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of("app", name))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage("registry.k8s.io/pause:3.10")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
