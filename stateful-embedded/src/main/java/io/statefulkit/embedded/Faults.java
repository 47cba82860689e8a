package io.statefulkit.embedded;

import io.statefulkit.embedded.node.NodeFaults;

/**
 * Does to containers what a test cannot do through the API: as a failing machine would. Safe for use by many threads.
 *
 * <p>Every method that names a container throws {@link io.statefulkit.embedded.api.Failure} when there is no such pod or
 * container, or when it does not run.
 */
public final class Faults {

    private final NodeFaults node;

    Faults(NodeFaults node) {
        this.node = node;
    }

    /** Kills the main process of the last container that the pod's spec names with SIGKILL; most pods have one only. */
    public void kill(String namespace, String pod) {
        node.kill(namespace, pod, "");
    }

    /** Kills the main process of a container with SIGKILL: it ends with exit code 137, and the node starts it again. */
    public void kill(String namespace, String pod, String container) {
        node.kill(namespace, pod, container);
    }

    /** Stops all processes of a container with SIGSTOP: they keep their connections and answer nothing. */
    public void freeze(String namespace, String pod, String container) {
        node.freeze(namespace, pod, container);
    }

    /** Lets the processes of a frozen container go on. */
    public void thaw(String namespace, String pod, String container) {
        node.thaw(namespace, pod, container);
    }

    /** Makes every start of a container of this image fail with {@code ErrImagePull} until {@link #allowImage}. */
    public void refuseImage(String image, String why) {
        node.refuseImage(image, why);
    }

    /**
     * Takes the node's power away: all containers die at once, and nothing happens to their pods until {@link #startNode}.
     */
    public void stopNode() {
        node.stopNode();
    }

    /** Gives the node its power back: it starts the containers of its pods again, in place. */
    public void startNode() {
        node.startNode();
    }

    /** Ends {@link #refuseImage}. */
    public void allowImage(String image) {
        node.allowImage(image);
    }
}
