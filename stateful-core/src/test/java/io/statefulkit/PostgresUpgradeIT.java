package io.statefulkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.statefulkit.handle.OrphanedVolume;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.UpgradeException;
import io.statefulkit.handle.Upgraded;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.testing.Installed;
import io.statefulkit.testing.SharedCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Upgrades by dump and restore. One major version is at hand here, so the new image has the same one; everything else is as
 * it would be: another server, another volume.
 */
@Timeout(600)
class PostgresUpgradeIT {

    private final StatefulKit kit = SharedCluster.kit("upgrade");

    @Test
    void all_data_moves_to_a_new_volume_and_the_old_one_is_kept() {
        assumeTrue(Installed.program("pg_dump"), "pg_dump is not installed");
        PostgresHandle before = kit.deploy(StatefulPostgres.named("ledger")
                .withImage("postgres:15-bookworm")
                .withDatabase("shop")
                .withVolumeClaimTemplate("1Gi"));
        before.psql("create role clerk login; create database \"odd name\" owner clerk;"
                + " create table entries (n int primary key); insert into entries select generate_series(1, 1000)");
        String oldVolume = before.volumes().get(0).volume();

        assertThatThrownBy(() -> before.upgrade("nosuch:16"))
                .isInstanceOf(UpgradeException.class)
                .hasMessageContaining("nosuch:16")
                .hasMessageContaining("as before: the server runs, and nothing is left of the attempt");
        before.psql("insert into entries values (0)");
        Upgraded upgraded = before.upgrade("postgres:15.15-bookworm");

        PostgresHandle after = upgraded.handle();
        assertThat(after.psql("select count(*), min(n), max(n) from entries")).isEqualTo("1001|0|1000");
        after.psql("insert into entries values (-1)");
        assertThat(after.psql("select pg_get_userbyid(datdba) from pg_database where datname = 'odd name' order by 1"))
                .isEqualTo("clerk");
        assertThat(upgraded.oldVolume()).isEqualTo(oldVolume).isNotEqualTo(upgraded.newVolume());
        assertThat(after.volumes().get(0).volume()).isEqualTo(upgraded.newVolume());
        assertThat(after.volumes().get(0).reclaimPolicy()).isEqualTo("Delete");
        assertThat(kit.orphanedVolumes()).extracting(OrphanedVolume::name).containsExactly(oldVolume);
        assertThat(SharedCluster.client()
                        .pods()
                        .inNamespace(kit.namespace())
                        .withName("ledger-next")
                        .get())
                .isNull();
    }
}
