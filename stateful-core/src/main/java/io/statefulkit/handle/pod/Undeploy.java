package io.statefulkit.handle.pod;

/** What becomes of the data of a workload that is taken off the cluster. */
public enum Undeploy {
    /** Claims and the Secret that opens them stay, labelled, and the next deployment of that name uses them. */
    RETAIN,
    /**
     * Claims that were made for the workload and its Secret are deleted; with the reclaim policy {@code Delete} that is final. A
     * claim that it was only told to use stays, and the Secret with it.
     */
    DELETE_DATA
}
