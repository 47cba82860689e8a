package io.statefulkit.cluster;

/** How long a cluster serves tests. */
public enum Reuse {
    /**
     * All classes of a JVM that ask for the same share one, and it ends with the JVM. Surefire forks are JVMs of their own; classes
     * that one JVM runs again, as failed ones are, find it again.
     */
    PER_RUN,
    /** Each class has one of its own, which ends with the class; nested classes use it too. */
    PER_CLASS,
    /**
     * All JVMs of a build share one, such as Surefire's forks, and it ends after the last of them: an embedded cluster, in a JVM of its
     * own, ends 15 seconds later. Nothing can be done to its nodes then, since others have pods there. For k3s it means
     * {@link #PER_RUN}.
     */
    PER_BUILD,
    /**
     * It goes on when the JVM ends, and every later run and every fork that asks for the same finds it, after a look at its health. An
     * embedded cluster, in a JVM of its own, ends when nobody has used it for 10 minutes. For k3s, Testcontainers must allow it:
     * {@code testcontainers.reuse.enable=true} in {@code ~/.testcontainers.properties}; one of several nodes is in a network of its
     * run, so that it means {@link #PER_RUN} there.
     */
    ACROSS_RUNS
}
