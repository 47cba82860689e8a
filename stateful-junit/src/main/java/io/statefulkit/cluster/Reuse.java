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
     * k3s only: it goes on when the JVM ends, and every later run and every fork that asks for the same finds it, after a look at
     * its health. Testcontainers must allow it: {@code testcontainers.reuse.enable=true} in {@code ~/.testcontainers.properties}. An
     * embedded cluster lives in its JVM, and one of several nodes in a network of its run: there it means {@link #PER_RUN}.
     */
    ACROSS_RUNS
}
