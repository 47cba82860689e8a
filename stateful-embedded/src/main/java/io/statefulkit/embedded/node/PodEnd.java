package io.statefulkit.embedded.node;

import io.statefulkit.embedded.node.process.Workspace;
import io.statefulkit.embedded.node.status.Role;
import io.statefulkit.embedded.node.volume.Volumes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Ends a pod: because it is done, because its time is up, or because it is deleted. */
final class PodEnd {

    private static final Duration EVICTION_GRACE = Duration.ofSeconds(1);

    private final PodState state;
    private final ContainerStops stops;
    private final Volumes volumes;
    private final Path directory;
    private final Runnable onEnd;

    PodEnd(PodState state, ContainerStops stops, Volumes volumes, Path directory, Runnable onEnd) {
        this.state = state;
        this.stops = stops;
        this.volumes = volumes;
        this.directory = directory;
        this.onEnd = onEnd;
    }

    /** The main containers are done. */
    void finish() {
        if (!state.finishing) {
            state.finishing = true;
            state.deadline = state.services.now().plus(state.grace());
            state.write();
            advance();
        }
    }

    /** The pod was active for longer than it may be. */
    void deadlineExceeded() {
        if (state.finished || state.terminating) {
            return;
        }
        String message = "Pod was active on the node longer than the specified deadline";
        state.events.normal(state.pod(), "", "DeadlineExceeded", message);
        fail("DeadlineExceeded", message, state.grace());
    }

    /** The pod takes more of the node than it may. */
    void evict(String message) {
        if (state.finished || state.finishing || state.terminating) {
            return;
        }
        state.events.warning(state.pod(), "", "Evicted", message);
        fail("Evicted", message, EVICTION_GRACE);
    }

    private void fail(String reason, String message, Duration grace) {
        state.because(reason, message);
        state.finishing = true;
        state.deadline = state.services.now().plus(grace);
        advance();
    }

    /** The pod is deleted; called again, the grace can only become shorter. */
    void terminate(Duration grace) {
        Instant latest = state.services.now().plus(grace);
        boolean first = !state.terminating;
        state.terminating = true;
        if (latest.isBefore(state.deadline)) {
            state.deadline = latest;
            state.all().forEach(container -> stops.hurry(container, latest));
        }
        if (first) {
            state.all().forEach(container -> container.probes().ifPresent(ContainerProbes::stopKilling));
        }
        advance();
    }

    /** Stops what has to be stopped next: main containers together, then sidecars from the last to the first. */
    void advance() {
        if (state.ended
                || (state.finished && !state.terminating)
                || state.services.power().off()) {
            return;
        }
        List<PodContainer> running = state.all().stream()
                .filter(container -> container.record.running())
                .toList();
        List<PodContainer> mains = running.stream()
                .filter(container -> container.role() != Role.SIDECAR)
                .toList();
        if (running.isEmpty()) {
            allStopped();
            return;
        }
        if (mains.isEmpty()) {
            stop(running.get(running.size() - 1));
        } else {
            mains.forEach(this::stop);
        }
        if (!state.terminating) {
            state.write();
        }
    }

    private void stop(PodContainer container) {
        if (!container.killing) {
            state.normal(container, "Killing", "Stopping container " + container.name());
            Duration left = Duration.between(state.services.now(), state.deadline);
            stops.stop(container, left.isNegative() ? Duration.ZERO : left);
        }
    }

    private void allStopped() {
        if (state.terminating) {
            state.all().forEach(container -> container.record = ContainerEnd.atDeletion(container.record));
        }
        if (!state.finished) {
            state.finished = true;
            state.write();
        }
        if (state.terminating) {
            cleanUp();
        }
    }

    private void cleanUp() {
        volumes.tearDown();
        Workspace.delete(directory);
        if (!state.podIp().isEmpty()) {
            state.services.addresses().giveBack(state.podIp());
        }
        state.deleteObject();
        state.ended = true;
        onEnd.run();
    }
}
