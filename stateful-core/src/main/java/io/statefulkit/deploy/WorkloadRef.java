package io.statefulkit.deploy;

/**
 * Names one workload on a cluster.
 *
 * @param kind which kind of object runs the pods
 * @param namespace the namespace
 * @param name the name
 */
public record WorkloadRef(Kind kind, String namespace, String name) {

    /** The kinds of objects that run the pods of a stateful workload. */
    public enum Kind {
        /** Pods with an identity and a volume each. */
        STATEFUL_SET("StatefulSet"),
        /** A single pod with an arbitrary name. */
        DEPLOYMENT("Deployment");

        private final String kubernetes;

        Kind(String kubernetes) {
            this.kubernetes = kubernetes;
        }

        /** Returns the name that Kubernetes uses. */
        @Override
        public String toString() {
            return kubernetes;
        }
    }

    /** Names a StatefulSet. */
    public static WorkloadRef statefulSet(String namespace, String name) {
        return new WorkloadRef(Kind.STATEFUL_SET, namespace, name);
    }

    /** Names a Deployment. */
    public static WorkloadRef deployment(String namespace, String name) {
        return new WorkloadRef(Kind.DEPLOYMENT, namespace, name);
    }

    /** Returns {@code StatefulSet shop/orders}. */
    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name;
    }
}
