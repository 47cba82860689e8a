package io.statefulkit.embedded.node;

import io.statefulkit.embedded.api.Failures;
import io.statefulkit.embedded.api.ResourceCatalog;
import io.statefulkit.embedded.node.process.ContainerProcess;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** What a test can do to a node and its containers. Thread-safe. */
public final class NodeFaults {

    private final Services services;
    private final BiFunction<String, String, Optional<PodWorker>> pods;
    private final Supplier<Collection<PodWorker>> all;

    NodeFaults(
            Services services,
            BiFunction<String, String, Optional<PodWorker>> pods,
            Supplier<Collection<PodWorker>> all) {
        this.services = services;
        this.pods = pods;
        this.all = all;
    }

    /**
     * Takes the node's power away: all processes die at once, and the node, now not ready, does nothing for its pods until
     * it is {@linkplain #startNode started}. Pods that are deleted meanwhile stay.
     */
    public void stopNode() {
        services.power().off(true);
        new NodeObject(services).ready(false);
        all.get().forEach(PodWorker::powerOff);
    }

    /** Gives the node its power back: it starts the containers of its pods again, in place. */
    public void startNode() {
        services.power().off(false);
        new NodeObject(services).ready(true);
        all.get().forEach(PodWorker::resume);
    }

    /**
     * Kills the main process of a container with SIGKILL: exit code 137, and the node starts it again.
     *
     * @throws io.statefulkit.embedded.api.Failure when there is no such container or it does not run
     */
    public void kill(String namespace, String pod, String container) {
        process(namespace, pod, container).signal("KILL");
    }

    /** Stops all processes of a container where they are (SIGSTOP). */
    public void freeze(String namespace, String pod, String container) {
        process(namespace, pod, container).signalAll("STOP");
    }

    /** Lets all processes of a frozen container go on (SIGCONT). */
    public void thaw(String namespace, String pod, String container) {
        process(namespace, pod, container).signalAll("CONT");
    }

    /**
     * Lets the containers of a pod go on, whatever happens to its object, until the result is run.
     *
     * @throws io.statefulkit.embedded.api.Failure when there is no such pod
     */
    public Runnable hold(String namespace, String pod) {
        PodWorker worker = worker(namespace, pod);
        worker.hold();
        return worker::release;
    }

    /** Makes every start of an image fail with {@code ErrImagePull} until it is {@linkplain #allowImage allowed} again. */
    public void refuseImage(String image, String why) {
        services.images().refuse(image, why);
    }

    /** Ends {@link #refuseImage}. */
    public void allowImage(String image) {
        services.images().allow(image);
    }

    private ContainerProcess process(String namespace, String pod, String container) {
        PodWorker worker = worker(namespace, pod);
        Optional<PodContainer> found = container.isEmpty()
                ? worker.all().stream().reduce((first, second) -> second)
                : worker.container(container);
        return found.filter(one -> one.record.running())
                .flatMap(PodContainer::current)
                .flatMap(Instance::process)
                .orElseThrow(() -> Failures.badRequest(
                        "container \"" + container + "\" of pod \"" + pod + "\" has no running process"));
    }

    private PodWorker worker(String namespace, String pod) {
        return pods.apply(namespace, pod).orElseThrow(() -> Failures.notFound(ResourceCatalog.PODS, pod));
    }
}
