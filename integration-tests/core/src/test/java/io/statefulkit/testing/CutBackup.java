package io.statefulkit.testing;

import io.statefulkit.handle.Handle;
import io.statefulkit.handle.backup.Backup;
import java.util.List;

/** Backups that were not written to their end. */
public final class CutBackup {

    private CutBackup() {}

    /** Puts the first half of a backup beside it. */
    public static Backup half(Handle handle, Backup whole) {
        String half = whole.file().replaceFirst("Z\\.", "Z-half.");
        String cut = "cd \"$BACKUP_DIR\" && head -c " + whole.bytes() / 2 + " " + whole.file() + " >" + half;
        handle.exec(0, "backup", List.of("sh", "-c", cut)).orThrow();
        return new Backup(half, whole.made(), whole.bytes() / 2, "");
    }
}
