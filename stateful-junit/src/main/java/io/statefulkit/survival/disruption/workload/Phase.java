package io.statefulkit.survival.disruption.workload;

/** What happens to data while a disruption runs that brings back an older state of it. */
public enum Phase {
    /** A backup is about to be made: it has all rows that were acknowledged before. */
    BACKUP_BEGUN,
    /** The backup is complete: it has no row that is begun later. */
    BACKUP_DONE,
    /** The data is gone: rows that are acknowledged later are written to what will be restored. */
    DESTROYED
}
