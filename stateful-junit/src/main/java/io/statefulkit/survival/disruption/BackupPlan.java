package io.statefulkit.survival.disruption;

/**
 * A way to back up the data of a workload and to bring it back: whatever the workload relies on in a disaster. Implementations may be of
 * any kind: dumps, snapshots of volumes, copies elsewhere.
 */
public interface BackupPlan {

    /** What it is called in reports, such as {@code dump}. */
    String name();

    /** Whether a claim of the workload is left alone by the disaster, because backups are on it. */
    boolean keeps(String claim);

    /**
     * Makes a backup, while rows are written. Returns when it is complete.
     *
     * @return what brings the data of this backup back into the workload, which runs then, with empty volumes
     */
    Runnable backUp();
}
