package io.statefulkit.samples.benchmarks;

import io.fabric8.kubernetes.api.model.Namespace;
import io.statefulkit.cluster.ClusterSettings;
import io.statefulkit.cluster.ProviderKind;
import io.statefulkit.cluster.choice.ClusterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Test classes on a cluster that runs: what one costs, and what many leave behind. */
final class KitBenchmark implements Benchmark {

    private static final ClusterSettings EMBEDDED = ClusterSettings.defaults().withProvider(ProviderKind.EMBEDDED);

    @Override
    public String name() {
        return "kit";
    }

    @Override
    public List<Figure> run() {
        List<String> before = namespaces();
        run(true, EmptyClasses.all());
        double plain = Samples.median(Stream.generate(() -> run(false, EmptyClasses.Plain.class))
                .limit(100)
                .flatMap(times -> times.values().stream())
                .mapToDouble(Double::doubleValue)
                .toArray());
        double onCluster = Samples.median(run(false, EmptyClasses.all()).values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
        double megabytes = usedWhenQuiet();
        for (int i = 0; i < 4; i++) {
            run(true, EmptyClasses.all());
        }
        double after = usedWhenQuiet();
        List<String> left = namespaces();
        left.removeAll(before);
        return List.of(
                new Figure(
                        "an empty test class on a running cluster costs more than without, ms",
                        String.format(Locale.ROOT, "%.1f ms", onCluster),
                        String.format(Locale.ROOT, "%.1f ms (without)", plain),
                        onCluster - plain,
                        Limit.atMost(30)),
                new Figure(
                        "clusters of 600 runs of classes, most two at a time",
                        EmptyClasses.CLUSTERS.size() + "",
                        "—",
                        EmptyClasses.CLUSTERS.size(),
                        Limit.atMost(1)),
                new Figure("namespaces that are left of them", left.size() + "", "—", left.size(), Limit.atMost(0)),
                new Figure(
                        "heap after 600 classes against that after 200, MB",
                        String.format(Locale.ROOT, "%.1f", after),
                        String.format(Locale.ROOT, "%.1f (after 200)", megabytes),
                        after - megabytes,
                        Limit.atMost(1)));
    }

    /** A store keeps the changes of the last ten seconds, as many as there are, and sheds older ones with the next. */
    private static double usedWhenQuiet() {
        try {
            TimeUnit.SECONDS.sleep(11);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted between two measurements", e);
        }
        run(false, EmptyClasses.all()[0]);
        return Samples.usedMegabytes();
    }

    private static List<String> namespaces() {
        List<Namespace> all = ClusterRegistry.ofThisJvm()
                .cluster(EMBEDDED)
                .client()
                .namespaces()
                .list()
                .getItems();
        return new ArrayList<>(
                all.stream().map(namespace -> namespace.getMetadata().getName()).toList());
    }

    /** Returns how long each class took, in milliseconds. */
    private static Map<String, Double> run(boolean isParallel, Class<?>... classes) {
        Times times = new Times();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Stream.of(classes)
                                        .map(DiscoverySelectors::selectClass)
                                        .toList())
                                .configurationParameter(
                                        "junit.jupiter.execution.parallel.enabled", String.valueOf(isParallel))
                                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                                .configurationParameter(
                                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
                                .build(),
                        times);
        if (!times.failed.isEmpty()) {
            // What a listener throws is logged and forgotten.
            throw new IllegalStateException(String.join("\n", times.failed));
        }
        return times.took;
    }

    private static final class Times implements TestExecutionListener {

        private final Map<String, Long> begun = new ConcurrentHashMap<>();
        private final Map<String, Double> took = new ConcurrentHashMap<>();
        private final List<String> failed = new CopyOnWriteArrayList<>();

        @Override
        public void executionStarted(TestIdentifier test) {
            begun.put(test.getUniqueId(), System.nanoTime());
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                failed.add(test.getUniqueId() + ": " + result.getThrowable().orElse(null));
            }
            Long start = begun.get(test.getUniqueId());
            if (start != null
                    && test.getUniqueIdObject().getLastSegment().getType().equals("class")) {
                took.put(test.getUniqueId(), (System.nanoTime() - start) / 1e6);
            }
        }
    }
}
