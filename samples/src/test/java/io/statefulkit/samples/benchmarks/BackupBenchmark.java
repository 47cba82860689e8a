package io.statefulkit.samples.benchmarks;

import io.statefulkit.StatefulKit;
import io.statefulkit.embedded.EmbeddedCluster;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.backup.Backup;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.job.SidecarBackup;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Dump and restore by the handle against pg_dump and pg_restore in the same container. The handle also reads each dump back
 * before it counts, twice when it is restored; by hand that is left out. Size in megabytes:
 * {@code -Dstatefulkit.benchmark.megabytes}, 1000 unless said.
 */
final class BackupBenchmark implements Benchmark {

    private static final int MEGABYTES = Integer.getInteger("statefulkit.benchmark.megabytes", 1000);
    private static final int ROWS_OF_A_MEGABYTE = 1_000;

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public List<Figure> run() throws Exception {
        try (EmbeddedCluster cluster = EmbeddedCluster.start()) {
            PostgresHandle database = StatefulKit.on(cluster.client())
                    .inNamespace("default")
                    .deploy(StatefulPostgres.named("orders")
                            .withImage("postgres:15-bookworm")
                            .withDatabase("shop")
                            .withVolumeClaimTemplate("10Gi")
                            .withSidecarBackup(SidecarBackup.every(Duration.ofHours(6))));
            database.psql("create table load as select n, (select string_agg(md5(n::text || i), '') from"
                    + " generate_series(1, 30) i) as text from generate_series(1, " + MEGABYTES * ROWS_OF_A_MEGABYTE
                    + ") n");
            database.backupNow();
            double dumpByHand = Samples.millis(
                    () -> inSidecar(database, "pg_dump --format=custom -f /backup/hand \"$PGDATABASE\""));
            Backup[] backup = new Backup[1];
            double dump = Samples.millis(() -> backup[0] = database.backupNow());
            double restoreByHand = Samples.millis(() -> inSidecar(
                    database, "createdb byhand && pg_restore --exit-on-error -d byhand /backup/hand && sync"));
            inSidecar(database, "dropdb byhand && rm /backup/hand");
            double restore = Samples.millis(() -> database.restore(backup[0]));
            return List.of(
                    figure("backup of " + MEGABYTES + " MB", dump, dumpByHand, "pg_dump"),
                    figure("restore of " + MEGABYTES + " MB", restore, restoreByHand, "pg_restore"));
        }
    }

    private static int inSidecar(PostgresHandle database, String command) {
        return database.exec(0, "backup", List.of("sh", "-c", command))
                .orThrow()
                .exitCode();
    }

    private static Figure figure(String what, double measured, double byHand, String hand) {
        return new Figure(
                what,
                String.format(Locale.ROOT, "%.1f s", measured / 1000),
                String.format(Locale.ROOT, "%.1f s (%s by hand)", byHand / 1000, hand),
                measured / byHand,
                Limit.atMost(1.15));
    }
}
