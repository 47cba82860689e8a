package io.statefulkit.survival;

import io.statefulkit.handle.Handle;
import io.statefulkit.handle.MySqlHandle;
import io.statefulkit.handle.PostgresHandle;
import io.statefulkit.handle.RedisHandle;
import io.statefulkit.handle.backup.Backup;
import io.statefulkit.handle.backup.Restored;
import io.statefulkit.survival.disruption.BackupPlan;
import java.util.function.Function;
import java.util.function.Supplier;

/** The ways of backup that StatefulKit's own workloads have. */
public final class Backups {

    private Backups() {}

    /**
     * Dumps of the backup sidecar. They must be on a claim of their own ({@code SidecarBackup.on}): on the volume of the data they are gone with it,
     * and the restore fails.
     */
    public static BackupPlan dumps(PostgresHandle database) {
        return new Dumps<>(database, database::backupNow, database::restore);
    }

    /** Dumps of the backup sidecar, which must be on a claim of their own. */
    public static BackupPlan dumps(MySqlHandle database) {
        return new Dumps<>(database, database::backupNow, database::restore);
    }

    /** Dumps of the backup sidecar, which must be on a claim of their own. */
    public static BackupPlan dumps(RedisHandle server) {
        return new Dumps<>(server, server::backupNow, server::restore);
    }

    private record Dumps<H extends Handle>(H database, Supplier<Backup> make, Function<Backup, Restored> restore)
            implements BackupPlan {

        @Override
        public String name() {
            return "dump";
        }

        @Override
        public boolean keeps(String claim) {
            return !claim.startsWith("data-" + database.name() + "-");
        }

        @Override
        public Runnable backUp() {
            Backup backup = make.get();
            return () -> restore.apply(backup).dropOld();
        }
    }
}
