package io.statefulkit.junit;

import static io.statefulkit.junit.StatefulAssertions.assertThat;
import static io.statefulkit.survival.disruption.Disruptions.crashProcess;
import static io.statefulkit.survival.disruption.Disruptions.deletePod;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.StatefulKit;
import io.statefulkit.cluster.ClusterRegistry;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.survival.Survival;
import io.statefulkit.survival.SurvivalResult;
import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.verdict.Verdict;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Databases that lose data, as they are found in the wild: a kit that calls one of them safe is worth nothing. */
@StatefulCluster
class NegativeControlsIT {

    private @Nullable KubernetesClient client;

    @Test
    void data_beside_the_volume_is_lost_with_the_pod(StatefulKit kit) {
        SurvivalResult result = run(
                kit.deploy(StatefulPostgres.named("ephemeral")
                        .withImage("postgres:15-bookworm")
                        .withEphemeralStorage()),
                deletePod());

        assertThat(result).hasVerdict(Verdict.VIOLATED);
        assertThat(result.lost()).as("lost rows").isGreaterThanOrEqualTo(100);
        assertThat(result.describe()).contains("it is another database than at the start");
    }

    /** The background writer would make it a matter of 200 milliseconds. With a delay of 10 seconds it is a certainty. */
    @Test
    void rows_that_are_acknowledged_before_they_are_written_are_lost_in_a_crash(StatefulKit kit) {
        SurvivalResult result = run(
                kit.deploy(StatefulPostgres.named("hasty")
                        .withImage("postgres:15-bookworm")
                        .withVolumeClaimTemplate("1Gi")
                        .withConfig("synchronous_commit", "off")
                        .withConfig("wal_writer_delay", "10s")
                        .withConfig("wal_writer_flush_after", "1GB")
                        .withConfig("bgwriter_lru_maxpages", "0")),
                crashProcess());

        assertThat(result).hasVerdict(Verdict.VIOLATED).lostOnlyTheTail();
        assertThat(result.describe()).contains("synchronous_commit = off");
    }

    private SurvivalResult run(PostgresHandle db, Disruption disruption) {
        KubernetesClient here = Objects.requireNonNull(client);
        return Survival.of(db)
                .killingWith(ClusterRegistry.ofThisJvm().of(here).orElseThrow()::kill)
                .through(disruption);
    }
}
