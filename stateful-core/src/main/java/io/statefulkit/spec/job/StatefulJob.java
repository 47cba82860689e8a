package io.statefulkit.spec.job;

/** Something that runs beside a server and ends: once, or on a schedule. All implementations are immutable values. */
public sealed interface StatefulJob permits CsvImport, SqlJob, SqlCron, BackupJob, BackupCron {

    /** Return the job's name; its objects are called {@code <workload>-<name>}. */
    String name();
}
