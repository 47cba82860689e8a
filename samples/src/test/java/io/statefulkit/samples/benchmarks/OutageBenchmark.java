package io.statefulkit.samples.benchmarks;

import static io.statefulkit.survival.disruption.Disruptions.crashProcess;
import static io.statefulkit.survival.disruption.Disruptions.deletePod;

import io.statefulkit.StatefulKit;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.embedded.EmbeddedOptions;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.survival.Survival;
import io.statefulkit.survival.SurvivalResult;
import io.statefulkit.survival.disruption.power.EmbeddedPowers;
import io.statefulkit.survival.verdict.Verdict;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How exactly a run sees outages of PostgreSQL: the longest time in which no writer tried, at the beginning or the end of one. */
final class OutageBenchmark implements Benchmark {

    private static final int TIMES = 5;

    @Override
    public String name() {
        return "outage";
    }

    @Override
    public List<Figure> run() throws Exception {
        Duration pause = Duration.ofMillis(100);
        try (EmbeddedCluster cluster =
                EmbeddedCluster.start(EmbeddedOptions.defaults().withRestartBackOff(pause, pause))) {
            SurvivalResult result = Survival.of(StatefulKit.on(cluster.client())
                            .inNamespace("default")
                            .deploy(StatefulPostgres.named("orders")
                                    .withImage("postgres:15-bookworm")
                                    .withVolumeClaimTemplate("1Gi")))
                    .with(new EmbeddedPowers(cluster.faults()))
                    .into(Files.createTempDirectory("statefulkit-outage"))
                    .through(deletePod().times(TIMES).then(crashProcess().times(TIMES)));
            if (result.verdict() != Verdict.SURVIVED) {
                throw new IllegalStateException(result.describe());
            }
            double[] resolutions = millis(result, true);
            return List.of(new Figure(
                    "resolution of an outage (median of " + resolutions.length + "), ms",
                    String.format(
                            Locale.ROOT,
                            "%.1f ms, at most %.1f ms",
                            Samples.median(resolutions),
                            Arrays.stream(resolutions).max().orElseThrow()),
                    String.format(Locale.ROOT, "%.0f ms (an outage)", Samples.median(millis(result, false))),
                    Samples.median(resolutions),
                    Limit.atMost(20)));
        }
    }

    private static double[] millis(SurvivalResult result, boolean resolution) {
        return result.steps().stream()
                .mapToDouble(step ->
                        (resolution ? step.outage().resolution() : step.outage().length()).toNanos() / 1e6)
                .toArray();
    }
}
