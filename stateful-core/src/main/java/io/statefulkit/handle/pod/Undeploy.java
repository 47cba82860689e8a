package io.statefulkit.handle.pod;

/** What becomes of the data of a workload that is taken off the cluster. */
public enum Undeploy {
    /** Claims and the Secret that opens them stay, labelled, and the next deployment of that name uses them. */
    RETAIN,
    /** Claims and Secret are deleted; with the reclaim policy {@code Delete} that is final. */
    DELETE_DATA
}
