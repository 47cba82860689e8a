package io.statefulkit.samples.benchmarks;

import io.statefulkit.embedded.EmbeddedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A hundred clusters, one after the other: threads and descriptors afterwards against those after the first five. */
final class LeakBenchmark implements Benchmark {

    @Override
    public String name() {
        return "leaks";
    }

    @Override
    public List<Figure> run() {
        cycles(5);
        int threads = Thread.getAllStackTraces().size();
        long descriptors = descriptors();
        cycles(100);
        int threadsAfter = Thread.getAllStackTraces().size();
        long descriptorsAfter = descriptors();
        return List.of(
                new Figure(
                        "threads more after 100 starts and stops",
                        threadsAfter + "",
                        threads + " (after 5)",
                        threadsAfter - threads,
                        Limit.atMost(2)),
                new Figure(
                        "descriptors more after 100 starts and stops",
                        descriptorsAfter + "",
                        descriptors + " (after 5)",
                        descriptorsAfter - descriptors,
                        Limit.atMost(2)));
    }

    private static void cycles(int count) {
        for (int i = 0; i < count; i++) {
            try (EmbeddedCluster cluster = EmbeddedCluster.start()) {
                cluster.client().pods().inAnyNamespace().list();
            }
        }
    }

    private static long descriptors() {
        System.gc();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
