package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.embedded.node.status.PodPlan;
import io.statefulkit.embedded.node.status.Role;
import io.statefulkit.embedded.node.volume.Volumes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Runs one pod: everything about it happens on one serial executor, one step after the other. */
final class PodWorker {

    private final PodState state;
    private final Volumes volumes;
    private final ContainerStarts starts;
    private final ContainerStops stops;
    private final PodEnd end;
    private final PodDeletion deletion;
    private final PodDeadline deadline;
    private final ImageChanges images;
    private final PodMounts mounts;
    private final PodProcesses processes;

    PodWorker(Services services, Pod pod, Path directory, Runnable onEnd) {
        this.state = new PodState(services, pod, directory);
        this.volumes = new Volumes(directory.resolve("v"), services.config());
        this.stops = new ContainerStops(state);
        this.end = new PodEnd(state, stops, volumes, directory, onEnd);
        this.deletion = new PodDeletion(end);
        this.deadline = new PodDeadline(state, end::deadlineExceeded);
        this.images = new ImageChanges(state, stops);
        this.mounts = new PodMounts(state, volumes);
        this.processes = new PodProcesses(state);
        this.starts = new ContainerStarts(state, stops, volumes, this::sync, end::advance);
        stops.onEnd(starts::ended);
    }

    // What others may call, from any thread.

    void begin() {
        state.serial.execute(() -> {
            deadline.look();
            if (EmptyDirLimits.any(state.pod())) {
                state.later(state.services.options().backoffBase(), this::measure);
            }
            if (state.pod().getMetadata().getDeletionTimestamp() == null) {
                state.write();
            }
            update(state.pod());
            sync();
        });
    }

    void changed(Pod newer) {
        state.serial.execute(() -> update(newer));
    }

    /** The object is gone: end the processes, with no grace but the floor. */
    void vanished() {
        state.serial.execute(() -> {
            state.removed = true;
            deletion.begin(Duration.ZERO);
        });
    }

    /** From now on the containers go on, whatever happens to the pod's object. */
    void hold() {
        state.serial.execute(deletion::hold);
    }

    /** Ends {@link #hold}: a deletion that came meanwhile takes its course. */
    void release() {
        state.serial.execute(deletion::release);
    }

    /** The node is on again. */
    void resume() {
        state.serial.execute(() -> {
            state.write();
            if (state.terminating || state.finishing) {
                end.advance();
            } else {
                sync();
            }
        });
    }

    void refreshVolumes() {
        state.serial.execute(() -> {
            if (state.sandbox && !state.terminating && !state.finished) {
                mounts.ready();
            }
        });
    }

    Pod pod() {
        return state.pod();
    }

    String podIp() {
        return state.podIp();
    }

    Optional<PodContainer> container(String name) {
        return state.find(name);
    }

    List<PodContainer> all() {
        return state.all();
    }

    /** Kills every process at once; for the end of the node. */
    void killAll() {
        processes.killAll();
    }

    /** Waits until no process is left. */
    void awaitDeath(Duration limit) throws InterruptedException {
        processes.awaitDeath(limit);
    }

    /** The node is off: kills every process, and what is being started right now as soon as it is there. */
    void powerOff() {
        killAll();
        state.serial.execute(this::killAll);
    }

    // From here on: the serial executor only.

    /** Looks at what the pod has written, as often as a kubelet looks at what fills its disk. */
    private void measure() {
        if (state.terminating || state.finished || state.removed) {
            return;
        }
        EmptyDirLimits.exceeded(state.pod(), volumes.paths()).ifPresent(end::evict);
        state.later(state.services.options().backoffBase(), this::measure);
    }

    private void update(Pod newer) {
        Pod older = state.pod();
        boolean specChanged = !Objects.equals(
                older.getMetadata().getGeneration(), newer.getMetadata().getGeneration());
        boolean labelled = !Objects.equals(
                        older.getMetadata().getLabels(), newer.getMetadata().getLabels())
                || !Objects.equals(
                        older.getMetadata().getAnnotations(),
                        newer.getMetadata().getAnnotations());
        state.pod(newer);
        if (newer.getMetadata().getDeletionTimestamp() != null) {
            Long grace = newer.getMetadata().getDeletionGracePeriodSeconds();
            state.forced = grace != null && grace == 0;
            state.hooked = Optional.empty();
            if (!state.terminating) {
                state.all().forEach(container -> container.record = ContainerEnd.atSight(container.record, newer));
                state.write();
            }
            deletion.begin(grace == null ? state.grace() : Duration.ofSeconds(grace));
            return;
        }
        if (specChanged) {
            deadline.look();
            images.apply(newer);
        }
        if (labelled && state.sandbox && !state.finished) {
            // Volumes of the downward API tell labels and annotations.
            mounts.ready();
        }
        if (specChanged || labelled) {
            sync();
        } else if (state.sandbox && !state.finished && othersWrote(newer)) {
            state.write();
        }
    }

    /** Others write the conditions that gates wait for, and that a pod is not ready because its node was away. */
    private boolean othersWrote(Pod newer) {
        if (!newer.getSpec().getReadinessGates().isEmpty()) {
            return true;
        }
        boolean ready = newer.getStatus() != null
                && newer.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
        return !ready
                && state.all().stream()
                        .filter(container -> container.role() != Role.INIT)
                        .allMatch(container -> container.record.ready());
    }

    /** Does whatever is to be done now. */
    private void sync() {
        if (state.ended
                || state.finished
                || state.removed
                || state.services.power().off()) {
            return;
        }
        if (state.terminating || state.finishing) {
            // A back-off that is over by now starts nothing any more.
            end.advance();
            return;
        }
        if (!state.sandbox) {
            if (!mounts.ready()) {
                state.later(PodMounts.RETRY, this::sync);
                return;
            }
            state.sandbox = true;
            state.write();
        }
        if (state.hookRuns()) {
            state.writeProbes();
            return;
        }
        for (PodPlan.Step step : PodPlan.next(state.record(), state.services.now())) {
            if (state.hookRuns()) {
                // The container that was just started comes first.
                return;
            }
            if (step instanceof PodPlan.Start start) {
                starts.start(state.container(start.container()));
            } else if (step instanceof PodPlan.Wait wait) {
                starts.backOff(state.container(wait.container()), wait.until());
            } else {
                end.finish();
            }
        }
        state.write();
    }
}
