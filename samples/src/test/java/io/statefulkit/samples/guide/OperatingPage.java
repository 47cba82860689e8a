package io.statefulkit.samples.guide;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.StatefulKit;
import io.statefulkit.deploy.ConsoleProgress;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.RedisHandle;
import io.statefulkit.handle.backup.Backup;
import io.statefulkit.handle.backup.Restored;
import io.statefulkit.handle.backup.Verified;
import io.statefulkit.spec.StatefulPostgres;
import io.statefulkit.spec.job.SidecarBackup;
import java.time.Duration;

/** Code of the pages about operating and backups. */
@SuppressWarnings("UnusedVariable") // The pages show what calls return.
final class OperatingPage {

    private OperatingPage() {}

    static void handles(KubernetesClient client, StatefulPostgres orders) {
        // tag::handles[]
        StatefulKit kit = StatefulKit.on(client).inNamespace("shop").withProgress(ConsoleProgress.on(System.out));
        PostgresHandle db = kit.deploy(orders);
        RedisHandle cache = kit.attach("cache", RedisHandle.class);
        // end::handles[]
    }

    static void backups(StatefulKit kit) {
        // tag::backups[]
        PostgresHandle db = kit.deploy(StatefulPostgres.named("orders")
                .withImage("postgres:17.6-bookworm")
                .withVolumeClaimTemplate("10Gi")
                .withSidecarBackup(SidecarBackup.every(Duration.ofHours(1)).keep(24)));

        Backup backup = db.backupNow();
        Verified verified = db.verifyBackup(backup); // tables and rows that came back
        Restored restored = db.restore(backup); // the database before it is still there
        restored.dropOld();
        // end::backups[]
    }
}
