package io.statefulkit.cluster;

/** The kinds of clusters that tests can run on. */
public enum ProviderKind {
    /** k3s where a Docker engine answers and Testcontainers is on the class path, embedded otherwise. */
    AUTO,
    /** A Kubernetes in this JVM whose containers are processes of this machine. */
    EMBEDDED,
    /** A k3s server in a container, by Testcontainers. */
    K3S,
    /** A cluster that exists already, named by a kubeconfig. */
    KUBECONFIG
}
