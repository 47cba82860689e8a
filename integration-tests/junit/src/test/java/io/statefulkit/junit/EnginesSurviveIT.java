package io.statefulkit.junit;

import static io.statefulkit.junit.StatefulAssertions.assertThat;
import static io.statefulkit.survival.disruption.Disruptions.backupAndRestore;
import static io.statefulkit.survival.disruption.Disruptions.crashProcess;
import static io.statefulkit.survival.disruption.Disruptions.deletePod;
import static io.statefulkit.survival.disruption.Disruptions.fillVolume;
import static io.statefulkit.survival.disruption.Disruptions.recreateWorkload;
import static io.statefulkit.survival.disruption.Disruptions.rolloutRestart;
import static io.statefulkit.survival.disruption.Disruptions.scale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.StatefulKit;
import io.statefulkit.cluster.testing.Here;
import io.statefulkit.cluster.testing.Idle;
import io.statefulkit.handle.MySqlHandle;
import io.statefulkit.handle.RedisHandle;
import io.statefulkit.spec.StatefulMySql;
import io.statefulkit.spec.StatefulRedis;
import io.statefulkit.spec.job.SidecarBackup;
import io.statefulkit.spec.storage.Claim;
import io.statefulkit.survival.Backups;
import io.statefulkit.survival.Survival;
import io.statefulkit.survival.SurvivalResult;
import io.statefulkit.survival.disruption.BackupPlan;
import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.observation.Proof.Death;
import io.statefulkit.survival.disruption.observation.Proof.Reach;
import io.statefulkit.survival.verdict.ElementClass;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Servers other than PostgreSQL, and plain files: what is acknowledged survives a deleted pod and a kill. */
@StatefulCluster
class EnginesSurviveIT {

    /** What happens to every pod, one of each kind. */
    private static final Disruption[] CORE = {
        deletePod(), crashProcess(), rolloutRestart(), scale(1, 0, 1), recreateWorkload()
    };

    private @Nullable KubernetesClient client;

    @Test
    void rows_of_mariadb_survive(StatefulKit kit) {
        Here.assumeServer(Objects.requireNonNull(client), "mariadbd");
        MySqlHandle db = kit.deploy(StatefulMySql.named("parts")
                .withImage("mariadb:10.11")
                .withVolumeClaimTemplate("2Gi")
                .withSidecarBackup(dumps()));

        assertThat(db)
                .keepsItsDataOnAVolume()
                .with(run -> run.keepingAccounts().afterRows(20).followedByRows(5))
                .survives(CORE)
                .proves(Death.GRACEFUL, Reach.POD)
                .proves(Death.KILLED, Reach.CONTAINER);
        assertRestores(Survival.of(db), Backups.dumps(db));
    }

    @Test
    void rows_of_redis_survive_when_each_is_written_before_it_is_acknowledged(StatefulKit kit) {
        Here.assumeServer(Objects.requireNonNull(client), "redis-server");
        RedisHandle cache =
                kit.deploy(redis("cache").withConfig("appendfsync", "always").withSidecarBackup(dumps()));

        assertThat(cache)
                .keepsItsDataOnAVolume()
                .with(run -> run.deleting(0.1).afterRows(20).followedByRows(5))
                .survives(CORE)
                .proves(Death.GRACEFUL, Reach.POD)
                .proves(Death.KILLED, Reach.CONTAINER);
        assertThat(cache.redis("keys", "statefulkit*"))
                .as("what a run that passed leaves")
                .isEmpty();
        assertRestores(Survival.of(cache), Backups.dumps(cache));
    }

    private static SidecarBackup dumps() {
        return SidecarBackup.every(Duration.ofHours(6)).on(Claim.named("dumps").size("1Gi"));
    }

    private void assertRestores(Survival survival, BackupPlan plan) {
        SurvivalResult result = run(survival, backupAndRestore(plan));

        assertThat(result).survived().proves(Death.GRACEFUL, Reach.RESTORED);
        assertThat(result.findings().count(ElementClass.GIVEN_UP))
                .as("rows that are in no backup")
                .isPositive();
    }

    @Test
    void data_that_is_on_no_volume_is_found_without_a_disruption(StatefulKit kit) {
        Here.assumeServer(Objects.requireNonNull(client), "redis-server");
        RedisHandle cache = kit.deploy(
                StatefulRedis.named("volatile").withImage("redis:7.0-bookworm").withEphemeralStorage());

        assertThatThrownBy(() -> assertThat(cache).as("the cache").keepsItsDataOnAVolume())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[the cache] expected the data directory")
                .hasMessageContaining("on a claim, but it is on none");
    }

    @Test
    void files_survive(StatefulKit kit) {
        SurvivalResult result = run(
                Survival.ofFiles(kit.deploy(Idle.onClaim("notes")), "/data")
                        .writing(40, 4)
                        .deleting(0.1),
                Stream.concat(Stream.of(CORE), Stream.of(fillVolume())).toArray(Disruption[]::new));

        assertThat(result).survived().proves(Death.GRACEFUL, Reach.POD).proves(Death.KILLED, Reach.CONTAINER);
    }

    private static StatefulRedis redis(String name) {
        return StatefulRedis.named(name).withImage("redis:7.0-bookworm").withVolumeClaimTemplate("1Gi");
    }

    private SurvivalResult run(Survival survival, Disruption... disruptions) {
        return survival.with(Here.powers(Objects.requireNonNull(client)))
                .afterRows(10)
                .followedByRows(5)
                .through(disruptions);
    }
}
