package io.statefulkit.spec.pod;

/** How much a pod of a workload may do. */
public enum SecurityProfile {
    /** What the Pod Security Standard "restricted" asks for, and a read-only root file system. The default. */
    RESTRICTED,
    /** Leave everything to the image: it usually starts as root and steps down by itself. */
    IMAGE_DEFAULT,
    /** Restricted, without user and group ids: OpenShift gives each namespace its own. */
    OPENSHIFT
}
