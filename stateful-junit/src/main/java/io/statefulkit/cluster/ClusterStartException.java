package io.statefulkit.cluster;

/** There is no cluster of the kind that was asked for. The message says why and what to do. */
public final class ClusterStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says why and what to do. */
    public ClusterStartException(String message) {
        super(message);
    }

    /** Says why and what to do, with the error behind it. */
    public ClusterStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
