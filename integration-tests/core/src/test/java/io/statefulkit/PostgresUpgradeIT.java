package io.statefulkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.deploy.Trouble;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.Upgraded;
import io.statefulkit.handle.change.UpgradeException;
import io.statefulkit.handle.client.PostgresClient;
import io.statefulkit.handle.client.PostgresWrites;
import io.statefulkit.handle.connection.JdbcForward;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.handle.volume.OrphanedVolume;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.testing.SharedCluster;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Upgrades by dump and restore, from a server of one major version to one of the next. The older one is no dependency like
 * others: Maven puts its programs behind those of the current one, and without it the same is tested with one version.
 */
@Timeout(600)
class PostgresUpgradeIT {

    private static final String OLDER = olderIsHere() ? "14" : "15";

    private final StatefulKit kit = SharedCluster.kit("upgrade");

    @Test
    void all_data_moves_to_a_new_major_version_on_a_new_volume_and_the_old_one_is_kept() throws SQLException {
        SharedCluster.assumeProgram("pg_dump");
        StatefulPostgres spec = StatefulPostgres.named("ledger")
                .withImage("postgres:" + OLDER + "-bookworm")
                .withDatabase("shop")
                .withVolumeClaimTemplate("1Gi");
        PostgresHandle before = older(spec);
        before.psql("create role clerk login; create database \"odd name\" encoding 'LATIN1' locale 'C' template"
                + " template0 owner clerk; alter database \"odd name\" set work_mem = '7MB';"
                + " revoke connect on database \"odd name\" from public;"
                + " create database forms is_template true; create database shut allow_connections false;"
                + " create database frozen; alter database frozen set default_transaction_read_only = on;"
                + " create table entries (n int primary key); insert into entries select generate_series(1, 1000)");
        assertThat(major(before)).isEqualTo(OLDER);
        String oldVolume = before.volumes().get(0).volume();

        dieAndLeaveItWithoutWrites(before, spec);
        failToStart(before);
        dieInTheMiddle(before);
        Upgraded upgraded = before.upgrade("postgres:15.15-bookworm");

        PostgresHandle after = upgraded.handle();
        assertThat(major(after)).isEqualTo("15");
        assertThat(after.psql("select count(*), min(n), max(n) from entries")).isEqualTo("1001|0|1000");
        assertThat(after.psql("select attname from pg_stats where tablename = 'entries'"))
                .isEqualTo("n");
        after.psql("insert into entries values (-1)");
        assertThat(
                        after.psql(
                                "select pg_get_userbyid(datdba), pg_encoding_to_char(encoding),"
                                        + " has_database_privilege('pg_monitor', oid, 'connect') from pg_database where datname = 'odd name'"))
                .isEqualTo("clerk|LATIN1|f");
        assertThat(after.psql(
                        "select datname, setconfig from pg_db_role_setting join pg_database d on setdatabase = d.oid"
                                + " order by 1"))
                .isEqualTo("frozen|{default_transaction_read_only=on}\nodd name|{work_mem=7MB}");
        assertThat(upgraded.remarks()).containsExactly("database shut allows no connections, and was not copied");
        assertThat(after.psql("select datistemplate from pg_database where datname = 'forms'"))
                .isEqualTo("t");
        assertThat(upgraded.oldVolume()).isEqualTo(oldVolume).isNotEqualTo(upgraded.newVolume());
        assertThat(after.volumes().get(0).volume()).isEqualTo(upgraded.newVolume());
        assertThat(after.volumes().get(0).reclaimPolicy()).isEqualTo("Delete");
        assertThat(kit.orphanedVolumes()).extracting(OrphanedVolume::name).containsExactly(oldVolume);
        assertThat(nextPod()).isNull();
        assertThatThrownBy(() -> kit.deploy(spec.withImage("postgres:14-bookworm")))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("rule IMG04")
                .hasMessageContaining("use upgrade(..)");
        assertThatThrownBy(() -> kit.deploy(spec.withImage("postgres:15-alpine")))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("rule IMG05")
                .hasMessageContaining("use upgrade(..)");
    }

    /** A cluster that exists already may have no way to the image. */
    private PostgresHandle older(StatefulPostgres spec) {
        try {
            return kit.deploy(spec);
        } catch (StuckException e) {
            String reason = e.diagnosis().cause().map(Trouble::reason).orElse("");
            assumeFalse(
                    !SharedCluster.isEmbedded()
                            && List.of("ErrImagePull", "ImagePullBackOff").contains(reason),
                    "the cluster cannot get the image of PostgreSQL " + OLDER);
            throw e;
        }
    }

    /** A program that dies while it copies has stopped writes, and nobody takes that back but the next one. */
    private void dieAndLeaveItWithoutWrites(PostgresHandle before, StatefulPostgres spec) {
        PostgresWrites writes = new PostgresWrites(new PostgresClient(new Server(before.place(), "postgres")));
        writes.stop();
        assertThatThrownBy(() -> before.psql("create table more (n int)"))
                .hasMessageContaining("read-only transaction");
        kit.deploy(spec);
        before.psql("create table more (n int)");
        writes.stop();

        assertThat(before.undoInterruptedUpgrade()).isTrue();
        assertThat(before.undoInterruptedUpgrade()).isFalse();
        before.psql("drop table more");
        assertThat(SharedCluster.client()
                        .persistentVolumeClaims()
                        .inNamespace(kit.namespace())
                        .withName("data-ledger-next")
                        .get())
                .isNull();
    }

    /** A new server that does not even start changes nothing, and clients stay connected. */
    private static void failToStart(PostgresHandle before) throws SQLException {
        try (JdbcForward forward = before.forwardJdbc();
                Connection client = forward.dataSource().getConnection();
                Statement statement = client.createStatement()) {
            assertThatThrownBy(() -> before.upgrade("nosuch:16"))
                    .isInstanceOf(UpgradeException.class)
                    .hasMessageContaining("nosuch:16")
                    .hasMessageContaining("as before: the server runs, and nothing is left of the attempt");

            statement.execute("insert into entries values (0)");
        }
    }

    /**
     * The new server dies while data is copied into it: nothing is left of it, and the old one takes writes again. It is known by its directory
     * on the embedded cluster, where both may have one version, and by its version elsewhere, where directories have one name in all pods.
     */
    private void dieInTheMiddle(PostgresHandle before) {
        before.psql("create function slow() returns boolean language sql as $$ select pg_sleep(case when"
                + " current_setting('data_directory') like '%-next%' or current_setting('server_version_num')::int / 10000 <> "
                + OLDER + " then 600 else 0 end) is not null $$;"
                + " create table patient (n int check (slow())); insert into patient values (1)");
        CompletableFuture<Upgraded> upgrading =
                CompletableFuture.supplyAsync(() -> before.upgrade("postgres:15.15-bookworm"));
        await().atMost(Duration.ofMinutes(2)).until(() -> nextPod() != null && Pods.ready(nextPod()));
        SharedCluster.client()
                .pods()
                .inNamespace(kit.namespace())
                .withName("ledger-next")
                .withGracePeriod(1)
                .delete();

        assertThatThrownBy(() -> upgrading.get(3, TimeUnit.MINUTES))
                .hasCauseInstanceOf(UpgradeException.class)
                .hasMessageContaining("could not be copied");
        before.psql("drop table patient; drop function slow()");
        assertThat(nextPod()).isNull();
    }

    private @Nullable Pod nextPod() {
        return SharedCluster.client()
                .pods()
                .inNamespace(kit.namespace())
                .withName("ledger-next")
                .get();
    }

    private static String major(PostgresHandle db) {
        return db.psql("select current_setting('server_version_num')::int / 10000");
    }

    private static boolean olderIsHere() {
        return !SharedCluster.isEmbedded()
                || ClassLoader.getSystemClassLoader()
                        .resources("postgres-linux-x86_64.txz")
                        .anyMatch(archive -> archive.toString().contains("-14."));
    }
}
