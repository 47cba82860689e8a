package io.statefulkit.spec.pod;

/** How many pods of one workload may be evicted at once, for example by a node drain. */
public enum Budget {
    /** One: visible, and never blocks a drain for good. The default. */
    ONE_AT_A_TIME,
    /** None: a drain waits until somebody moves the pod. */
    BLOCK_DRAINS,
    /** No budget. */
    NONE
}
