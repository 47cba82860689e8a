package io.statefulkit.samples.benchmarks;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.embedded.EmbeddedCluster;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** From nothing to the first answer, and the heap of a cluster that does nothing. */
final class StartBenchmark implements Benchmark {

    private static final int WARM_UPS = 5;
    private static final int RUNS = 15;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Figure> run() {
        double mock = median(Mock::start, Mock::client, Mock::close);
        double embedded = median(EmbeddedCluster::start, EmbeddedCluster::client, EmbeddedCluster::close);
        return List.of(
                new Figure("start to first answer, warm JVM", ms(embedded), "—", embedded, Limit.atMost(150)),
                new Figure(
                        "start to first answer",
                        ms(embedded),
                        ms(mock) + " (mock server)",
                        embedded / mock,
                        Limit.atMost(1.5)),
                idleHeap());
    }

    private static <C> double median(Supplier<C> start, Function<C, KubernetesClient> client, Consumer<C> close) {
        double[] millis = new double[RUNS];
        for (int run = -WARM_UPS; run < RUNS; run++) {
            long begin = System.nanoTime();
            C cluster = start.get();
            client.apply(cluster).configMaps().inNamespace("default").list();
            // What does not count was overwritten when the first run that counts is over.
            millis[Math.max(run, 0)] = (System.nanoTime() - begin) / 1e6;
            close.accept(cluster);
        }
        return Samples.median(millis);
    }

    private static Figure idleHeap() {
        double before = Samples.usedMegabytes();
        try (EmbeddedCluster cluster = EmbeddedCluster.start()) {
            cluster.client().configMaps().inNamespace("default").list();
            double idle = Samples.usedMegabytes();
            return new Figure(
                    "heap of an idle cluster and all that was used before it, MB",
                    String.format(Locale.ROOT, "%.1f (%.1f before)", idle, before),
                    "—",
                    idle,
                    Limit.atMost(60));
        }
    }

    private static String ms(double millis) {
        return String.format(Locale.ROOT, "%.0f ms", millis);
    }
}
