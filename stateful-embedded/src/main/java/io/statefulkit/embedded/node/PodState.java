package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.embedded.node.status.PodRecord;
import io.statefulkit.embedded.node.status.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the parts of a worker share about their pod. Only the worker's serial executor changes it; what others read is
 * volatile.
 */
final class PodState {

    final Services services;
    final Serial serial;
    final PodEvents events;
    private final StatusWriter writer;
    private final Map<String, PodContainer> containers = new LinkedHashMap<>();
    private final Instant startTime;
    private volatile Pod pod;
    private volatile String podIp = "";

    /** Whether volumes and address are there. */
    boolean sandbox;

    /** Whether all is over but the end of the sidecars. */
    boolean finishing;

    /** Whether the pod reached its last phase. */
    boolean finished;

    /** Whether the pod is being deleted. */
    boolean terminating;

    /** Whether it is deleted without grace, so that the API server removes the object by itself. */
    boolean forced;

    /** Whether the object is gone. */
    boolean removed;

    /** Whether nothing is left of the pod on this node. */
    boolean ended;

    /** What has just started and whose hook still runs: meanwhile nothing else is done for the pod, and of it only probes are told. */
    Optional<Instance> hooked = Optional.empty();

    /** When whatever still runs has to be gone. */
    Instant deadline = Instant.MAX;

    /** What was written of the pod. */
    private Optional<PodRecord> told = Optional.empty();

    private String reason = "";
    private String message = "";

    PodState(Services services, Pod pod, Path directory) {
        this.services = services;
        this.pod = pod;
        this.serial = new Serial(services.pool());
        this.events = new PodEvents(
                services.api(), services.options().name(), services.options().clock());
        this.writer = new StatusWriter(services);
        this.startTime = services.now();
        boolean afterInit = !pod.getSpec().getInitContainers().isEmpty();
        for (Container init : pod.getSpec().getInitContainers()) {
            add(init, "Always".equals(init.getRestartPolicy()) ? Role.SIDECAR : Role.INIT, afterInit, directory);
        }
        for (Container main : pod.getSpec().getContainers()) {
            add(main, Role.MAIN, afterInit, directory);
        }
    }

    private void add(Container container, Role role, boolean afterInit, Path directory) {
        // Short names: the paths of sockets end at 107 bytes.
        Path own = directory.resolve("c" + containers.size());
        containers.put(container.getName(), new PodContainer(container, role, afterInit, own, services.options()));
    }

    Pod pod() {
        return pod;
    }

    void pod(Pod newer) {
        pod = newer;
    }

    Instant startTime() {
        return startTime;
    }

    String podIp() {
        return podIp;
    }

    void podIp(String address) {
        podIp = address;
    }

    /** Says why the node ends the pod. */
    void because(String why, String more) {
        reason = why;
        message = more;
    }

    Optional<PodContainer> find(String name) {
        return Optional.ofNullable(containers.get(name));
    }

    PodContainer container(String name) {
        return Objects.requireNonNull(containers.get(name), name);
    }

    List<PodContainer> all() {
        return List.copyOf(containers.values());
    }

    /** Returns whether this very instance runs. */
    boolean runs(PodContainer container, Instance instance) {
        return container.record.running()
                && container
                        .current()
                        .filter(current -> current.id().equals(instance.id()))
                        .isPresent();
    }

    Inside inside(PodContainer container, Instance instance) {
        return new Inside(services, container.spec(), instance, podIp);
    }

    String policy() {
        String policy = pod.getSpec().getRestartPolicy();
        return policy == null ? "Always" : policy;
    }

    Duration grace() {
        Long seconds = pod.getSpec().getTerminationGracePeriodSeconds();
        return Duration.ofSeconds(seconds == null ? 30 : seconds);
    }

    /** How messages of back-offs name the pod. */
    String fullName() {
        return pod.getMetadata().getName() + "_" + pod.getMetadata().getNamespace() + "("
                + pod.getMetadata().getUid() + ")";
    }

    /** Tells of a container that all is as it should be. */
    void normal(PodContainer container, String reason, String text) {
        events.normal(pod, container.field(), reason, text);
    }

    /** Tells of a container that something is wrong. */
    void warning(PodContainer container, String reason, String text) {
        events.warning(pod, container.field(), reason, text);
    }

    PodRecord record() {
        return new PodRecord(
                policy(),
                services.addresses().node(),
                sandbox ? podIp : "",
                startTime,
                sandbox,
                finished,
                reason,
                message,
                all().stream().map(container -> container.record).toList());
    }

    void write() {
        if (!hookRuns()) {
            write(record());
        }
    }

    /** Writes what probes have found out; while a hook runs, of nothing else that is new. */
    void writeProbes() {
        if (hookRuns()) {
            told.ifPresent(before -> write(before.probed(record())));
        } else {
            write();
        }
    }

    private void write(PodRecord record) {
        // Any write to an object that is marked for removal would remove it.
        if (!removed && !forced && !ended && !services.power().off()) {
            told = Optional.of(record);
            writer.write(pod, record);
        }
    }

    /** Returns whether the node waits for the hook of a container; the end of a pod does not. */
    boolean hookRuns() {
        return hooked.isPresent() && !terminating && !finishing;
    }

    /** The hook of this very instance is over, or its container is. */
    void unhook(Instance instance) {
        hooked = hooked.filter(other -> !other.id().equals(instance.id()));
    }

    void deleteObject() {
        if (!removed && !forced) {
            writer.deleteObject(pod);
        }
    }

    void later(Duration wait, Runnable task) {
        services.later(wait.toMillis() + 1, serial, task);
    }
}
