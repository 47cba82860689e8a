package io.statefulkit.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.statefulkit.manifest.render.Renderer;
import io.statefulkit.spec.StatefulPostgres;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;

/**
 * How long a plan and its YAML take against the objects alone: rendered without the rules and without YAML, and turned
 * into YAML with fabric8's own serialization. A main, run by hand: numbers of a busy machine are no test.
 */
final class RenderingBenchmark {

    private static final int ROUNDS = 4;
    private static final int RUNS = 300;

    private RenderingBenchmark() {}

    /** Print specs per second of CPU time and allocation, a line a round and way. */
    public static void main(String[] args) {
        StatefulPostgres spec = StatefulPostgres.named("orders")
                .withImage("postgres:17.6-bookworm")
                .withVolumeClaimTemplate("10Gi");
        for (int round = 0; round < ROUNDS; round++) {
            report(System.out, "render + fabric8 YAML", () -> yaml(Renderer.render(spec)));
            report(System.out, "Plan.of + toYaml", () -> Plan.of(spec).toYaml());
            report(System.out, "Plan.of", () -> Plan.of(spec));
            report(System.out, "render", () -> Renderer.render(spec));
        }
    }

    private static String yaml(List<HasMetadata> objects) {
        StringBuilder text = new StringBuilder();
        objects.forEach(object -> text.append(Serialization.asYaml(object)));
        return text.toString();
    }

    private static void report(PrintStream out, String what, Supplier<Object> work) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long nanos = threads.getCurrentThreadCpuTime();
        int used = 0;
        for (int run = 0; run < RUNS; run++) {
            used ^= work.get().hashCode();
        }
        nanos = threads.getCurrentThreadCpuTime() - nanos;
        bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
        out.printf("%-22s %7.0f/s %6d KB each %x%n", what, RUNS * 1e9 / nanos, bytes / RUNS / 1024, used);
    }
}
