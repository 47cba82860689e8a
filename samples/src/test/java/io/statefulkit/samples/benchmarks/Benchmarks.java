package io.statefulkit.samples.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs benchmarks and prints their figures as one Markdown table. */
public final class Benchmarks {

    private static final List<Benchmark> ALL = List.of(
            new RenderingBenchmark(),
            new StartBenchmark(),
            new ThroughputBenchmark(),
            new PodsBenchmark(),
            new RestartBenchmark(),
            new RecoveryBenchmark(),
            new ForwardBenchmark(),
            new BackupBenchmark(),
            new LeakBenchmark(),
            new CheckerBenchmark(),
            new LedgerBenchmark(),
            new OutageBenchmark(),
            new KitBenchmark());

    // Held, because a logger that nobody holds forgets its level.
    private static final Logger MOCK_LOG = Logger.getLogger("io.fabric8.mockwebserver");

    private Benchmarks() {}

    /**
     * Runs them. One that fails does not take the figures of the others with it; the exit code is 1 then.
     *
     * @param names the names of the benchmarks to run; all when there are none
     */
    public static void main(String... names) {
        PrintStream out = System.out;
        // A line for each request would be most of what the mock server does.
        MOCK_LOG.setLevel(Level.WARNING);
        List<Figure> figures = new ArrayList<>();
        boolean failed = false;
        out.println(Machine.description());
        for (Benchmark benchmark : chosen(List.of(names))) {
            out.println("running " + benchmark.name() + ", " + Machine.load());
            failed |= !ran(benchmark, figures);
        }
        out.println(Figure.head());
        figures.forEach(figure -> out.println(figure.row()));
        System.exit(failed ? 1 : 0);
    }

    private static boolean ran(Benchmark benchmark, List<Figure> figures) {
        try {
            figures.addAll(benchmark.run());
            return true;
        } catch (Exception e) {
            System.err.println(benchmark.name() + " failed");
            e.printStackTrace();
            return false;
        }
    }

    private static List<Benchmark> chosen(List<String> names) {
        List<String> known = ALL.stream().map(Benchmark::name).toList();
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("no benchmark \"" + name + "\"; there are " + known);
        });
        return ALL.stream()
                .filter(benchmark -> names.isEmpty() || names.contains(benchmark.name()))
                .toList();
    }
}
