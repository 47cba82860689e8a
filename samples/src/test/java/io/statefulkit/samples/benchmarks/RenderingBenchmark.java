package io.statefulkit.samples.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link Rendering} with JMH, in JVMs of their own that have both compilers. */
final class RenderingBenchmark implements Benchmark {

    private static final String CLASS_PATH = "java.class.path";
    private static final double MOST = 2;

    @Override
    public String name() {
        return "rendering";
    }

    @Override
    public List<Figure> run() throws Exception {
        Rendering.assertSame();
        Map<String, Cost> costs = costs();
        Cost plan = requireNonNull(costs.get("plan"));
        Cost builders = requireNonNull(costs.get("builders"));
        Cost planAndYaml = requireNonNull(costs.get("planAndYaml"));
        Cost buildersAndYaml = requireNonNull(costs.get("buildersAndYaml"));
        return List.of(
                figure("a spec to judged objects and YAML", planAndYaml.micros, buildersAndYaml.micros, "µs"),
                figure("the same: memory allocated", planAndYaml.kilobytes, buildersAndYaml.kilobytes, "KB"),
                figure("a spec to judged objects", plan.micros, builders.micros, "µs"));
    }

    private static Map<String, Cost> costs() throws RunnerException {
        Options options = new OptionsBuilder()
                .include("\\." + Rendering.class.getSimpleName() + "\\.")
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
        String before = System.getProperty(CLASS_PATH);
        Map<String, Cost> costs = new HashMap<>();
        try {
            System.setProperty(CLASS_PATH, classPath(before));
            for (RunResult result : new Runner(options).run()) {
                costs.put(result.getPrimaryResult().getLabel(), Cost.of(result));
            }
        } finally {
            System.setProperty(CLASS_PATH, before);
        }
        return costs;
    }

    /** Returns what is on the class path, also where a build tool runs this in a loader of its own. */
    private static String classPath(String ofTheJvm) {
        return Rendering.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : ofTheJvm;
    }

    private static Figure figure(String what, double measured, double reference, String unit) {
        return new Figure(
                what,
                String.format(Locale.ROOT, "%.0f %s", measured, unit),
                String.format(Locale.ROOT, "%.0f %s (fabric8's builders)", reference, unit),
                measured / reference,
                Limit.atMost(MOST));
    }

    private record Cost(double micros, double kilobytes) {

        static Cost of(RunResult result) {
            double bytes = requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                    .getScore();
            return new Cost(result.getPrimaryResult().getScore(), bytes / 1_024);
        }
    }
}
