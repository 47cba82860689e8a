package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.statefulkit.embedded.image.Image;
import io.statefulkit.embedded.image.ImageUnavailableException;
import io.statefulkit.embedded.node.probe.ProbeResult;
import io.statefulkit.embedded.node.status.ContainerState.Terminated;
import io.statefulkit.embedded.node.status.ContainerState.Waiting;
import io.statefulkit.embedded.node.status.Role;
import io.statefulkit.embedded.node.status.Times;
import io.statefulkit.embedded.node.volume.ConfigException;
import io.statefulkit.embedded.node.volume.Volumes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Starts containers and sees them end. */
final class ContainerStarts {

    private static final Duration CONFIG_RETRY = Duration.ofMillis(500);
    private static final Duration CONFIG_EVENTS = Duration.ofSeconds(10);
    private static final Duration LONGEST_HOOK = Duration.ofHours(1);
    private static final Duration AGAIN = Duration.ofMillis(100);
    private static final String CONFIG_ERROR = "CreateContainerConfigError";
    private static final String HOOK_ERROR = "PostStartHookError";
    private static final int CANNOT_START = 128;

    private final PodState state;
    private final ContainerStops stops;
    private final Volumes volumes;
    private final Runnable sync;
    private final Runnable advanceEnd;
    private final ImagePulls pulls;
    private Instant nextConfigEvent = Instant.MIN;

    ContainerStarts(PodState state, ContainerStops stops, Volumes volumes, Runnable sync, Runnable advanceEnd) {
        this.state = state;
        this.stops = stops;
        this.volumes = volumes;
        this.sync = sync;
        this.advanceEnd = advanceEnd;
        this.pulls = new ImagePulls(state, sync);
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
        if (!waits(container, CONFIG_ERROR) || !state.services.now().isBefore(nextConfigEvent)) {
            normal(
                    container,
                    "Pulled",
                    "Container image \"" + name + "\" already present on machine and can be accessed by the pod");
        }
        try {
            launch(container, image);
        } catch (ConfigException e) {
            configMissing(container, String.valueOf(e.getMessage()));
        } catch (StartException e) {
            normal(container, "Created", "Container created");
            startFailed(container, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            startFailed(container, String.valueOf(e.getMessage()));
        }
    }

    private void launch(PodContainer container, Image image) throws ConfigException, StartException, IOException {
        Instance instance = new ContainerStart(
                        state.services, state.pod(), state.podIp(), volumes.paths(), container.directory())
                .start(container.spec(), image, container.starts);
        normal(container, "Created", "Container created");
        container.began(instance);
        state.services.logs().watch(instance.log());
        container.record = container.record.running(
                instance.startedAt(), "process://" + image.name(), "process://" + instance.id());
        normal(container, "Started", "Container started");
        instance.process().ifPresent(process -> {
            var unused = process.exit().thenAcceptAsync(code -> ended(container, instance, code), state.serial);
        });
        LifecycleHandler hook = container.spec().getLifecycle() == null
                ? null
                : container.spec().getLifecycle().getPostStart();
        if (hook == null) {
            probe(container, instance);
            return;
        }
        state.write();
        var unused = new Hooks(state.services, state.fullName(), state.inside(container, instance))
                .run(hook, LONGEST_HOOK)
                .thenAcceptAsync(result -> afterPostStart(container, instance, result), state.serial);
    }

    private void afterPostStart(PodContainer container, Instance instance, ProbeResult result) {
        if (!state.runs(container, instance)) {
            return;
        }
        if (result.success()) {
            probe(container, instance);
            sync.run();
            return;
        }
        container.hookFailure = Optional.of(result.output());
        // What a hook says may be secret: it is shown in the status of the pod only.
        warning(container, "FailedPostStartHook", "PostStartHook failed");
        normal(container, "Killing", "FailedPostStartHook");
        stops.stop(container, state.grace());
    }

    private void probe(PodContainer container, Instance instance) {
        if (container.role() == Role.INIT) {
            container.record = container.record.with(true, false);
            return;
        }
        ContainerProbes probes = new ContainerProbes(
                state.services,
                container.spec(),
                instance,
                state.podIp(),
                state.serial,
                new ProbeEffects(state, stops, container, instance, sync));
        container.probes(probes);
        probes.start();
    }

    private void configMissing(PodContainer container, String why) {
        Instant now = state.services.now();
        if (!now.isBefore(nextConfigEvent)) {
            warning(container, "Failed", "Error: " + why);
            nextConfigEvent = now.plus(CONFIG_EVENTS);
        }
        Instant again = now.plus(CONFIG_RETRY);
        container.record = container.record.waiting(CONFIG_ERROR, why).notBefore(again);
        state.later(CONFIG_RETRY, () -> {
            if (container.record.notBefore().equals(again)) {
                container.record = container.record.notBefore(Instant.MIN);
            }
            sync.run();
        });
    }

    private void startFailed(PodContainer container, String why) {
        Instant now = state.services.now();
        warning(container, "Failed", "Error: " + why);
        Terminated failure = new Terminated(
                CANNOT_START,
                "StartError",
                why,
                Instant.EPOCH,
                now,
                "process://" + Long.toHexString(now.toEpochMilli()));
        container.record = container.record.failedToStart(
                failure, "RunContainerError", "process://" + container.spec().getImage());
        restartAfter(container, now, now);
        if (state.policy().equals("Never")) {
            container.record = container.record.in(failure);
        }
        state.write();
        state.later(AGAIN, sync);
    }

    /**
     * A container that ended waits for its restart. Like a kubelet, which writes what it found when it last looked, this
     * goes on showing how the container ended; that it backs off is shown when something else makes the node look again,
     * and when the wait is over.
     */
    void backOff(PodContainer container, Instant until) {
        boolean endedNow = container.record.terminated().isPresent();
        boolean restarts = until.equals(container.restartAt);
        if (!restarts || (!endedNow && !waits(container, "RunContainerError") && !waits(container, HOOK_ERROR))) {
            return;
        }
        if (container.waitsUntil.equals(until)) {
            showBackOff(container);
            return;
        }
        container.waitsUntil = until;
        warning(
                container,
                "BackOff",
                "Back-off restarting failed container " + container.name() + " in pod " + state.fullName());
        state.later(Duration.between(state.services.now(), until), () -> {
            boolean still = container.waitsUntil.equals(until) && !container.record.running();
            if (still && !state.terminating && !state.finished) {
                // The wait is over, whatever the clock says: it may have been set back.
                container.record = container.record.notBefore(Instant.MIN);
                showBackOff(container);
                state.write();
                sync.run();
            }
        });
    }

    private void showBackOff(PodContainer container) {
        container.record = container.record.waiting(
                "CrashLoopBackOff",
                "back-off " + Times.text(container.waited) + " restarting failed container=" + container.name()
                        + " pod=" + state.fullName());
    }

    private static boolean waits(PodContainer container, String reason) {
        return container.record.state() instanceof Waiting waiting
                && waiting.reason().equals(reason);
    }

    void ended(PodContainer container, Instance instance, int code) {
        if (!state.runs(container, instance)) {
            return;
        }
        Instant now = state.services.now();
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
                    HOOK_ERROR, container.hookFailure.get().strip());
        }
        if (container.role() == Role.INIT && code == 0) {
            container.record = container.record.with(false, true);
        }
        restartAfter(container, instance.startedAt(), now);
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
            restartAfter(container, instance.startedAt(), now);
            backOff(container, container.restartAt);
            showBackOff(container);
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

    private static void restartAfter(PodContainer container, Instant startedAt, Instant now) {
        Instant again = container.restarts.restartAt(startedAt, now);
        container.waited = Duration.between(now, again);
        container.restarts = container.restarts.afterEnd(startedAt, now);
        container.record = container.record.notBefore(again);
        container.restartAt = again;
    }

    private void normal(PodContainer container, String reason, String message) {
        state.events.normal(state.pod(), container.field(), reason, message);
    }

    private void warning(PodContainer container, String reason, String message) {
        state.events.warning(state.pod(), container.field(), reason, message);
    }
}
