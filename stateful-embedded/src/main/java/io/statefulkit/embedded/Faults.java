package io.statefulkit.embedded;

import io.statefulkit.embedded.control.Controllers;
import io.statefulkit.embedded.http.Gateway;
import io.statefulkit.embedded.node.NodeFaults;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Does to a cluster what a test cannot do through its API: as failing machines, disks and networks would. Whatever lasts can
 * be undone. Safe for use by many threads.
 *
 * <p>Every method that names a container throws {@link io.statefulkit.embedded.api.Failure} when there is no such pod or
 * container, or when it does not run.
 */
public final class Faults {

    private final ClusterNodes nodes;
    private final Controllers controllers;
    private final Gateway gateway;
    private final VolumeFaults volumes;

    Faults(ClusterNodes nodes, Controllers controllers, Gateway gateway, VolumeFaults volumes) {
        this.nodes = nodes;
        this.controllers = controllers;
        this.gateway = gateway;
        this.volumes = volumes;
    }

    private NodeFaults node(String namespace, String pod) {
        return nodes.of(namespace, pod).faults();
    }

    /** Kills the main process of the last container that the pod's spec names with SIGKILL; most pods have one only. */
    public void kill(String namespace, String pod) {
        node(namespace, pod).kill(namespace, pod, "");
    }

    /** Kills the main process of a container with SIGKILL: it ends with exit code 137, and the node starts it again. */
    public void kill(String namespace, String pod, String container) {
        node(namespace, pod).kill(namespace, pod, container);
    }

    /** Stops all processes of a container with SIGSTOP: they keep their connections and answer nothing. */
    public void freeze(String namespace, String pod, String container) {
        node(namespace, pod).freeze(namespace, pod, container);
    }

    /** Lets the processes of a frozen container go on. */
    public void thaw(String namespace, String pod, String container) {
        node(namespace, pod).thaw(namespace, pod, container);
    }

    /**
     * Cuts a pod off from its object: whatever happens to that, even a deletion by force, the pod's containers go on until
     * the result is released. So it is on a node that the control plane has lost, or whose disk hangs: the pod is gone, its
     * processes are not, and the replacement meets them on the volume.
     */
    public Hold hold(String namespace, String pod) {
        return new Hold(node(namespace, pod).hold(namespace, pod));
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
        nodes.all().forEach(node -> node.faults().refuseImage(image, why));
    }

    /**
     * Takes the power of all nodes away: all containers die at once, and nothing happens to their pods until
     * {@link #startNode}.
     */
    public void stopNode() {
        nodes.all().forEach(node -> node.faults().stopNode());
    }

    /** Gives all nodes their power back: they start the containers of their pods again, in place. */
    public void startNode() {
        nodes.all().forEach(node -> node.faults().startNode());
    }

    /**
     * Takes one node's power away. Its pods are no longer ready, and after the time for which they tolerate that, by default
     * 300 s, they are marked for deletion ({@link EmbeddedCluster#skipTime} gets there at once); their objects stay until the
     * node is back or they are deleted by force.
     *
     * @throws IllegalArgumentException when there is no such node
     */
    public void stopNode(String name) {
        nodes.named(name).faults().stopNode();
    }

    /**
     * Gives one node its power back.
     *
     * @throws IllegalArgumentException when there is no such node
     */
    public void startNode(String name) {
        nodes.named(name).faults().startNode();
    }

    /** Cuts the connection of every watch that is open now; clients come back with what they saw last. */
    public void dropWatches() {
        gateway.dropWatches();
    }

    /** Makes the API server wait before it looks at any request of a client, until the result is undone. */
    public Fault slowApi(Duration wait) {
        return new Fault(gateway.slow(wait));
    }

    /** Keeps pods from getting a node, and claims that wait for their first consumer a volume, until the result is undone. */
    public Fault delayBinding() {
        return new Fault(controllers.holdBinding());
    }

    /**
     * Makes the volume of a claim refuse whatever would take more space, until the result is undone.
     *
     * <p>Where {@linkplain #volumesAreSized volumes are sized}, all space that is left is taken away: programs see {@code No
     * space left on device}, a running server too, whatever files it holds open; what is on the volume stays readable.
     *
     * <p>Elsewhere the volume refuses by permission: no file can be made, opened for writing or deleted by a process that is
     * not root, which sees {@code Permission denied}. Files that a server holds open it can go on writing.
     *
     * @throws IllegalStateException when the claim has no volume yet, or one that is no directory of this machine
     * @throws io.statefulkit.embedded.api.Failure when there is no such claim
     */
    public Fault fillVolume(String namespace, String claim) {
        return new Fault(volumes.fill(namespace, claim));
    }

    /** Returns whether volumes hold no more than their claims ask for: {@link EmbeddedOptions#withSizedVolumes} took effect. */
    public boolean volumesAreSized() {
        return volumes.sized();
    }

    /** Something that goes wrong until it is undone. */
    public static final class Fault implements AutoCloseable {

        private final AtomicBoolean undone = new AtomicBoolean();
        private final Runnable undo;

        private Fault(Runnable undo) {
            this.undo = undo;
        }

        /** Makes it right again; a second time, does nothing. */
        public void undo() {
            if (undone.compareAndSet(false, true)) {
                undo.run();
            }
        }

        /** Does the same as {@link #undo}. */
        @Override
        public void close() {
            undo();
        }
    }

    /** Ends {@link #refuseImage}. */
    public void allowImage(String image) {
        nodes.all().forEach(node -> node.faults().allowImage(image));
    }
}
