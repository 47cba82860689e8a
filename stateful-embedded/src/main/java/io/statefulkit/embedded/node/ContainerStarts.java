package io.statefulkit.embedded.node;

import io.statefulkit.embedded.image.Image;
import io.statefulkit.embedded.image.ImageUnavailableException;
import io.statefulkit.embedded.node.status.ContainerState.Terminated;
import io.statefulkit.embedded.node.status.Role;
import io.statefulkit.embedded.node.volume.ConfigException;
import io.statefulkit.embedded.node.volume.Volumes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Starts containers and sees them end. */
final class ContainerStarts {

    private static final Duration AGAIN = Duration.ofMillis(100);
    private static final int CANNOT_START = 128;

    private final PodState state;
    private final Volumes volumes;
    private final Runnable sync;
    private final Runnable advanceEnd;
    private final ImagePulls pulls;
    private final MissingConfig missing;
    private final AfterStart afterStart;
    private final BackOffs backOffs;

    ContainerStarts(PodState state, ContainerStops stops, Volumes volumes, Runnable sync, Runnable advanceEnd) {
        this.state = state;
        this.volumes = volumes;
        this.sync = sync;
        this.advanceEnd = advanceEnd;
        this.pulls = new ImagePulls(state, sync);
        this.missing = new MissingConfig(state, sync);
        this.afterStart = new AfterStart(state, stops, sync);
        this.backOffs = new BackOffs(state, sync);
    }

    void start(PodContainer container) {
        String name = container.spec().getImage();
        Optional<String> problem = ImageReference.problem(name);
        if (problem.isPresent()) {
            pulls.refused(container, "InspectFailed", "InvalidImageName", problem.get());
            return;
        }
        Image image;
        try {
            image = state.services.images().resolve(name);
        } catch (ImageUnavailableException e) {
            if ("Never".equals(container.spec().getImagePullPolicy())) {
                String message = "Container image \"" + name + "\" is not present with pull policy of Never";
                pulls.refused(container, "ErrImageNeverPull", "ErrImageNeverPull", message);
            } else {
                pulls.failed(container, String.valueOf(e.getMessage()));
            }
            return;
        }
        if (!missing.quiet(container)) {
            state.normal(
                    container,
                    "Pulled",
                    "Container image \"" + name + "\" already present on machine and can be accessed by the pod");
        }
        try {
            launch(container, image);
        } catch (ConfigException e) {
            missing.retry(container, String.valueOf(e.getMessage()));
        } catch (StartException e) {
            state.normal(container, "Created", "Container created");
            startFailed(container, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            startFailed(container, String.valueOf(e.getMessage()));
        }
    }

    private void launch(PodContainer container, Image image) throws ConfigException, StartException, IOException {
        Instance instance = new ContainerStart(
                        state.services, state.pod(), state.podIp(), volumes.paths(), container.directory())
                .start(container.spec(), image, container.starts);
        state.normal(container, "Created", "Container created");
        container.began(instance);
        state.services.logs().watch(instance.log());
        container.record = container.record.running(
                instance.startedAt(), "process://" + image.name(), "process://" + instance.id());
        state.normal(container, "Started", "Container started");
        instance.process().ifPresent(process -> {
            var unused = process.exit().thenAcceptAsync(code -> ended(container, instance, code), state.serial);
        });
        afterStart.begin(container, instance);
    }

    private void startFailed(PodContainer container, String why) {
        Instant now = state.services.now();
        state.warning(container, "Failed", "Error: " + why);
        Terminated failure = new Terminated(
                CANNOT_START,
                "StartError",
                why,
                Instant.EPOCH,
                now,
                "process://" + Long.toHexString(now.toEpochMilli()));
        container.record = container.record.failedToStart(
                failure, BackOffs.START_ERROR, "process://" + container.spec().getImage());
        backOffs.ended(container, now, now);
        if (state.policy().equals("Never")) {
            container.record = container.record.in(failure);
        }
        state.write();
        state.later(AGAIN, sync);
    }

    /** A container that ended waits for its restart. */
    void backOff(PodContainer container, Instant until) {
        backOffs.begin(container, until);
    }

    void ended(PodContainer container, Instance instance, int code) {
        if (!state.runs(container, instance)) {
            return;
        }
        Instant now = state.services.now();
        state.unhook(instance);
        instance.log().close(now);
        container.probes().ifPresent(ContainerProbes::stop);
        container.record = container.record.in(new Terminated(
                code,
                code == 0 ? "Completed" : "Error",
                LastWords.of(container.spec(), instance, code),
                instance.startedAt(),
                now,
                "process://" + instance.id()));
        if (container.replaced && startsAgain(container, code)) {
            replace(container, instance, now);
            return;
        }
        if (container.hookFailure.isPresent() && startsAgain(container, code)) {
            container.record = container.record.waiting(
                    BackOffs.HOOK_ERROR, container.hookFailure.get().strip());
        }
        if (container.role() == Role.INIT && code == 0) {
            container.record = container.record.with(false, true);
        }
        backOffs.ended(container, instance.startedAt(), now);
        if (state.terminating || state.finishing) {
            advanceEnd.run();
            return;
        }
        state.write();
        sync.run();
    }

    /**
     * Starts a container again that the node itself has stopped, in the same step: nobody sees that it ended meanwhile. Only
     * how the instance before it ended counts for the back-off.
     */
    private void replace(PodContainer container, Instance instance, Instant now) {
        Optional<Terminated> before = container.record.last();
        Instant again = before.map(end -> container.restarts.restartAt(end.startedAt(), end.finishedAt()))
                .orElse(now);
        if (again.isAfter(now)) {
            backOffs.ended(container, instance.startedAt(), now);
            backOffs.begin(container, container.restartAt);
            backOffs.show(container);
            state.write();
            return;
        }
        before.ifPresent(end -> container.restarts = container.restarts.afterEnd(end.startedAt(), end.finishedAt()));
        container.record = container.record.notBefore(now);
        start(container);
        sync.run();
    }

    private boolean startsAgain(PodContainer container, int code) {
        boolean may = container.role() == Role.SIDECAR
                || state.policy().equals("Always")
                || (state.policy().equals("OnFailure") && code != 0);
        return may
                && !state.terminating
                && !state.finishing
                && !state.services.power().off();
    }
}
