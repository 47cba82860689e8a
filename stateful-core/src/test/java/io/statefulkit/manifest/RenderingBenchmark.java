package io.statefulkit.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.statefulkit.spec.StatefulPostgres;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * How long a spec takes to become judged objects and YAML, against somebody who writes the same objects down with
 * fabric8's builders and turns them into YAML with fabric8. Numbers of a busy machine are no test, so no build runs it:
 *
 * <pre>mvn -q -pl stateful-core -am test -Dtest=RenderingBenchmark -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class RenderingBenchmark {

    private static final int ROUNDS = 6;
    private static final int RUNS = 250;

    @Test
    void a_plan_and_its_yaml_against_builders_by_hand() {
        assertThat(yaml(OrdersByHand.objects())).as("the same YAML").isEqualTo(plan().toYaml(SecretMode.INCLUDED));
        Cost ours = Cost.NONE;
        Cost byHand = Cost.NONE;
        Cost objects = Cost.NONE;
        Cost builders = Cost.NONE;
        for (int round = 0; round < ROUNDS; round++) {
            byHand = byHand.least(Cost.of(() -> yaml(OrdersByHand.objects())));
            ours = ours.least(Cost.of(() -> plan().toYaml(SecretMode.INCLUDED)));
            builders = builders.least(Cost.of(OrdersByHand::objects));
            objects = objects.least(Cost.of(RenderingBenchmark::plan));
        }
        PrintStream out = System.out;
        out.println(byHand.line("builders + fabric8 YAML"));
        out.println(ours.line("Plan.of + toYaml") + "   " + ours.ratio(byHand));
        out.println(builders.line("builders"));
        out.println(objects.line("Plan.of (with the rules)") + "   " + objects.ratio(builders));
    }

    private static Plan plan() {
        return Plan.of(StatefulPostgres.named("orders")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi"));
    }

    private static String yaml(List<HasMetadata> objects) {
        StringBuilder text = new StringBuilder();
        objects.forEach(object -> text.append(Serialization.asYaml(object)));
        return text.toString();
    }

    /** What one run costs: time of the processor, and memory that is allocated. */
    private record Cost(double nanos, double bytes) {

        static final Cost NONE = new Cost(Double.MAX_VALUE, Double.MAX_VALUE);

        static Cost of(Supplier<Object> work) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long nanos = threads.getCurrentThreadCpuTime();
            int used = 0;
            for (int run = 0; run < RUNS; run++) {
                used += work.get().hashCode() == 0 ? 1 : 0;
            }
            assertThat(used).isLessThan(RUNS);
            nanos = threads.getCurrentThreadCpuTime() - nanos;
            bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
            return new Cost((double) nanos / RUNS, (double) bytes / RUNS);
        }

        Cost least(Cost other) {
            return new Cost(Math.min(nanos, other.nanos), Math.min(bytes, other.bytes));
        }

        String line(String what) {
            return "%-26s %7.0f specs/s %6.0f KB each".formatted(what, 1e9 / nanos, bytes / 1024);
        }

        String ratio(Cost reference) {
            return "%.2f x the time, %.2f x the allocation".formatted(nanos / reference.nanos, bytes / reference.bytes);
        }
    }
}
