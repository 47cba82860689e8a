package io.statefulkit.deploy;

/**
 * Is told what happens while an operation runs; called by the thread that runs the operation. It should be quick and must
 * not throw.
 */
public interface ProgressListener {

    /**
     * An object was sent to the API server.
     *
     * @param object kind and name
     * @param what {@code created}, {@code configured}, {@code unchanged} or {@code kept}
     */
    default void applied(String object, String what) {}

    /**
     * A workload is not yet where it should be; called when that changes.
     *
     * @param workload which workload
     * @param missing what is missing
     */
    default void waiting(WorkloadRef workload, String missing) {}

    /** A workload is where it should be. */
    default void done(WorkloadRef workload, String what) {}

    /** Returns a listener that ignores everything. */
    static ProgressListener none() {
        return new ProgressListener() {};
    }
}
