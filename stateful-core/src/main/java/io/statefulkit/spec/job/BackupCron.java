package io.statefulkit.spec.job;

import io.statefulkit.internal.Checks;
import io.statefulkit.spec.storage.Claim;
import java.util.Optional;

/**
 * A dump on a schedule, by a pod of its own, onto a claim of its own.
 *
 * @param name of the job; {@code backup} unless said
 * @param schedule when
 * @param keep number of dumps to keep; 7 unless said
 * @param claim where the dumps go; {@code <workload>-<name>} unless said
 */
public record BackupCron(String name, Schedule schedule, int keep, Optional<Claim> claim) implements StatefulJob {

    public BackupCron {
        Checks.dnsLabel(name, 40, "job name");
        Checks.between(1, 100_000, keep, "keep");
    }

    /** Return a backup at these times, UTC: minute, hour, day of month, month, day of week. */
    public static BackupCron cron(String fields) {
        return new BackupCron("backup", Schedule.cron(fields), 7, Optional.empty());
    }

    /** Call the job this. */
    public BackupCron named(String value) {
        return new BackupCron(value, schedule, keep, claim);
    }

    /** Read the times in this time zone. */
    public BackupCron zone(String zone) {
        return new BackupCron(name, schedule.zone(zone), keep, claim);
    }

    /** Keep this many dumps. */
    public BackupCron keep(int dumps) {
        return new BackupCron(name, schedule, dumps, claim);
    }

    /** Put the dumps onto this claim. */
    public BackupCron on(Claim target) {
        return new BackupCron(name, schedule, keep, Optional.of(target));
    }
}
