package io.statefulkit.spec.pod;

import io.statefulkit.internal.Checks;
import java.util.OptionalInt;

/**
 * Who can reach the client Service.
 *
 * @param type as Kubernetes calls it
 * @param nodePort port on every node; the cluster chooses if empty
 */
public record Exposure(Type type, OptionalInt nodePort) {

    /** The type of a Service. */
    public enum Type {
        /** Inside the cluster only. */
        CLUSTER_IP("ClusterIP"),
        /** A port of every node. */
        NODE_PORT("NodePort"),
        /** A load balancer of the cloud. */
        LOAD_BALANCER("LoadBalancer");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** Return the word that Kubernetes uses. */
        public String text() {
            return text;
        }
    }

    /** Return the default: pods of the same cluster. */
    public static Exposure clusterOnly() {
        return new Exposure(Type.CLUSTER_IP, OptionalInt.empty());
    }

    /** Return a port on every node that the cluster chooses. */
    public static Exposure anyNodePort() {
        return new Exposure(Type.NODE_PORT, OptionalInt.empty());
    }

    /** Return this port on every node, 30000 to 32767. */
    public static Exposure nodePort(int port) {
        return new Exposure(Type.NODE_PORT, OptionalInt.of(Checks.between(30000, 32767, port, "nodePort")));
    }

    /** Return a load balancer of the cloud. */
    public static Exposure loadBalancer() {
        return new Exposure(Type.LOAD_BALANCER, OptionalInt.empty());
    }
}
