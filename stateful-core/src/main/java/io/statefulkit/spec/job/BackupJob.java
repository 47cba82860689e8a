package io.statefulkit.spec.job;

import io.statefulkit.internal.Checks;
import io.statefulkit.spec.storage.Claim;
import java.util.Optional;

/**
 * A dump that is made once, now.
 *
 * @param name of the job
 * @param keep number of dumps to keep on the claim, with this one; 7 unless said
 * @param claim where the dump goes; {@code <workload>-backup} unless said
 */
public record BackupJob(String name, int keep, Optional<Claim> claim) implements StatefulJob {

    public BackupJob {
        Checks.dnsLabel(name, 40, "job name");
        Checks.between(1, 100_000, keep, "keep");
    }

    /** Return a job of this name. A job's name can be used once: choose another for the next. */
    public static BackupJob named(String name) {
        return new BackupJob(name, 7, Optional.empty());
    }

    /** Keep this many dumps. */
    public BackupJob keep(int dumps) {
        return new BackupJob(name, dumps, claim);
    }

    /** Put the dump onto this claim. */
    public BackupJob on(Claim target) {
        return new BackupJob(name, keep, Optional.of(target));
    }
}
