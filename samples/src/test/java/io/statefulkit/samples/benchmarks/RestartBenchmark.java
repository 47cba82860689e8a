package io.statefulkit.samples.benchmarks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.statefulkit.StatefulKit;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.spec.StatefulPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A PostgreSQL pod from its deletion to ready, against the same server stopped and started by hand on the same data. */
final class RestartBenchmark implements Benchmark {

    private static final int RUNS = 7;

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public List<Figure> run() throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start()) {
            PostgresHandle database = StatefulKit.on(cluster.client())
                    .inNamespace("default")
                    .deploy(StatefulPostgres.named("orders")
                            .withImage("postgres:15-bookworm")
                            .withVolumeClaimTemplate("1Gi"));
            Duration period = probePeriod(cluster.client()
                    .pods()
                    .inNamespace("default")
                    .withName("orders-0")
                    .get());
            double pod =
                    Samples.medianMillis(1, RUNS, () -> database.deletePod(0).awaitReplacement());
            database.scale(0).await();
            ServerByHand server = new ServerByHand(dataDirectory(cluster), period);
            server.start();
            double byHand = Samples.medianMillis(1, RUNS, server::restart);
            server.stop();
            return List.of(new Figure(
                    "PostgreSQL pod deleted → ready again",
                    String.format(Locale.ROOT, "%.0f ms", pod),
                    String.format(Locale.ROOT, "%.0f ms (pg_ctl stop, start, pg_isready)", byHand),
                    pod / byHand,
                    Limit.atMost(1.3)));
        }
    }

    private static Duration probePeriod(Pod pod) {
        var container = pod.getSpec().getContainers().get(0);
        Probe probe = container.getStartupProbe() != null ? container.getStartupProbe() : container.getReadinessProbe();
        return Duration.ofSeconds(probe.getPeriodSeconds());
    }

    private static Path dataDirectory(EmbeddedCluster cluster) throws Exception {
        Path volume = Path.of(cluster.client()
                .persistentVolumes()
                .list()
                .getItems()
                .get(0)
                .getSpec()
                .getHostPath()
                .getPath());
        try (Stream<Path> files = Files.walk(volume, 3)) {
            return files.filter(file -> Files.exists(file.resolve("PG_VERSION")))
                    .min((a, b) -> Integer.compare(a.getNameCount(), b.getNameCount()))
                    .orElseThrow();
        }
    }
}
