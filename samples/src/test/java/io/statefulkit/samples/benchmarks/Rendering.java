package io.statefulkit.samples.benchmarks;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.statefulkit.manifest.Plan;
import io.statefulkit.manifest.SecretMode;
import io.statefulkit.spec.StatefulPostgres;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** From a spec to judged objects and their YAML, and what somebody does who writes the same objects with fabric8's builders. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Rendering {

    /** The objects by hand. */
    @Benchmark
    public Object builders() {
        return OrdersByHand.objects();
    }

    /** The objects by hand as YAML. */
    @Benchmark
    public Object buildersAndYaml() {
        return yaml(OrdersByHand.objects());
    }

    /** The objects of a spec, with all rules asked. */
    @Benchmark
    public Object plan() {
        return planned();
    }

    /** The same as YAML. */
    @Benchmark
    public Object planAndYaml() {
        return planned().toYaml(SecretMode.INCLUDED);
    }

    /** Refuses to compare what is not the same. */
    static void assertSame() {
        String byHand = yaml(OrdersByHand.objects());
        String ours = planned().toYaml(SecretMode.INCLUDED);
        if (!byHand.equals(ours)) {
            throw new IllegalStateException("the objects by hand are no longer those of the plan:\n" + ours);
        }
    }

    private static Plan planned() {
        return Plan.of(StatefulPostgres.named("orders")
                .withImage("postgres:15-bookworm")
                .withVolumeClaimTemplate("1Gi"));
    }

    private static String yaml(List<HasMetadata> objects) {
        StringBuilder text = new StringBuilder();
        objects.forEach(object -> text.append(Serialization.asYaml(object)));
        return text.toString();
    }
}
