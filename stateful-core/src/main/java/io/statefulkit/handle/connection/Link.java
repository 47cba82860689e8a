package io.statefulkit.handle.connection;

/** One local connection and its way into a pod. */
interface Link {

    /** Returns the pod that it leads to. */
    String podUid();

    /** Ends the local connection at once: whoever reads or writes it notices. */
    void abort();
}
