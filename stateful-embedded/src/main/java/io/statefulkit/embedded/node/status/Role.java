package io.statefulkit.embedded.node.status;

/** The part that a container plays in its pod. */
public enum Role {
    /** Runs to its end before the next one starts. */
    INIT,
    /** An init container with {@code restartPolicy: Always}: runs beside all later ones. */
    SIDECAR,
    /** One of {@code spec.containers}. */
    MAIN
}
