package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.Container;
import io.statefulkit.embedded.node.status.ContainerRecord;
import io.statefulkit.embedded.node.status.ContainerState.Waiting;
import io.statefulkit.embedded.node.status.RestartBackoff;
import io.statefulkit.embedded.node.status.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a worker keeps for one container of its pod; only the worker's thread touches what changes. */
final class PodContainer {

    private final Role role;
    private final Path directory;
    private final Duration base;
    private final Duration max;
    private volatile Container spec;
    volatile ContainerRecord record;
    RestartBackoff restarts;
    RestartBackoff pulls;
    Duration waited = Duration.ZERO;
    /** When it may be started again after it ended. */
    Instant restartAt = Instant.MIN;
    /** The back-off that was told of. */
    Instant waitsUntil = Instant.MIN;
    /** When the image may be tried again. */
    Instant pullAgain = Instant.MIN;

    int starts;
    /** Why the hook after the start of this instance failed, if it did. */
    Optional<String> hookFailure = Optional.empty();

    boolean killing;

    /** Whether the node itself stops this instance for another one to take its place. */
    boolean replaced;

    Instant signalledAt = Instant.MAX;

    /** The instance that runs or ran last, and the one before; read by streams, hence volatile. */
    private volatile @Nullable Instance current;

    private volatile @Nullable Instance previous;
    private @Nullable ContainerProbes probes;

    PodContainer(Container spec, Role role, boolean afterInit, Path directory, NodeOptions options) {
        this.spec = spec;
        this.role = role;
        this.directory = directory;
        this.base = options.backoffBase();
        this.max = options.backoffMax();
        this.record = ContainerRecord.fresh(spec.getName(), role, afterInit);
        this.restarts = RestartBackoff.fresh(base, max);
        this.pulls = new RestartBackoff(base, max, base);
    }

    Container spec() {
        return spec;
    }

    void spec(Container changed) {
        this.spec = changed;
    }

    String name() {
        return spec.getName();
    }

    Role role() {
        return role;
    }

    Path directory() {
        return directory;
    }

    /** How events name this container. */
    String field() {
        return (role == Role.MAIN ? "spec.containers{" : "spec.initContainers{") + spec.getName() + "}";
    }

    /** Whether it is shown to wait for this reason. */
    boolean waits(String reason) {
        return record.state() instanceof Waiting waiting && waiting.reason().equals(reason);
    }

    Optional<Instance> current() {
        return Optional.ofNullable(current);
    }

    Optional<Instance> previous() {
        return Optional.ofNullable(previous);
    }

    void began(Instance instance) {
        this.previous = current;
        this.current = instance;
        this.killing = false;
        this.replaced = false;
        this.hookFailure = Optional.empty();
        this.signalledAt = Instant.MAX;
        this.starts++;
    }

    void probes(ContainerProbes started) {
        this.probes = started;
    }

    Optional<ContainerProbes> probes() {
        return Optional.ofNullable(probes);
    }
}
