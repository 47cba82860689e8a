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

    /**
     * Cuts a pod off from its object: whatever happens to that, even a deletion by force, the pod's containers go on until
     * the result is released. So it is on a node that the control plane has lost, or whose disk hangs: the pod is gone, its
     * processes are not, and the replacement meets them on the volume.
     */
    public Hold hold(String namespace, String pod) {
        return new Hold(node.hold(namespace, pod));
    }

    /** A pod that outlives its object. */
    public static final class Hold implements AutoCloseable {

        private final Runnable release;

        private Hold(Runnable release) {
            this.release = release;
        }

        /** Lets a deletion that came meanwhile take its course; again, does nothing. */
        public void release() {
            release.run();
        }

        /** Does the same as {@link #release}. */
        @Override
        public void close() {
            release();
        }
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
