package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.LifecycleHandler;
import java.time.Duration;
import java.time.Instant;

/** Stops containers: the hook, the stop signal, and when the grace is over, SIGKILL. */
final class ContainerStops {

    /** However short the grace is, this much time lies between the stop signal and SIGKILL. */
    private static final Duration FLOOR = Duration.ofSeconds(2);

    private final PodState state;
    private Ended ended = (container, instance, code) -> {};

    /** Told of the end of containers that have no process. */
    interface Ended {
        void accept(PodContainer container, Instance instance, int code);
    }

    ContainerStops(PodState state) {
        this.state = state;
    }

    void onEnd(Ended listener) {
        this.ended = listener;
    }

    /** Begins to stop a container that runs, once. */
    void stop(PodContainer container, Duration grace) {
        if (container.killing || container.current().isEmpty()) {
            return;
        }
        container.killing = true;
        Instance instance = container.current().get();
        Instant latest = state.services.now().plus(grace);
        LifecycleHandler hook = container.spec().getLifecycle() == null
                ? null
                : container.spec().getLifecycle().getPreStop();
        if (hook == null || grace.isZero() || instance.process().isEmpty()) {
            signal(container, instance, latest);
            return;
        }
        var unused = new Hooks(state.services, state.fullName(), state.inside(container, instance))
                .run(hook, grace)
                .thenAcceptAsync(
                        result -> {
                            // What a hook says may be secret: it is not told to everybody.
                            if (!result.success()) {
                                state.warning(container, "FailedPreStopHook", "PreStopHook failed");
                            }
                            if (state.runs(container, instance) && container.signalledAt.equals(Instant.MAX)) {
                                signal(container, instance, latest);
                            }
                        },
                        state.serial);
    }

    /** The grace of a container that is being stopped was shortened. */
    void hurry(PodContainer container, Instant latest) {
        if (container.killing && container.record.running()) {
            container.current().ifPresent(instance -> {
                if (container.signalledAt.equals(Instant.MAX)) {
                    signal(container, instance, latest);
                } else {
                    killAt(container, instance, latest);
                }
            });
        }
    }

    private void signal(PodContainer container, Instance instance, Instant latest) {
        container.signalledAt = state.services.now();
        if (instance.process().isEmpty()) {
            state.serial.execute(() -> ended.accept(container, instance, 0));
            return;
        }
        instance.process().get().signal(instance.image().stopSignal());
        killAt(container, instance, latest);
    }

    private void killAt(PodContainer container, Instance instance, Instant latest) {
        Instant floor = container.signalledAt.plus(FLOOR);
        Instant when = latest.isBefore(floor) ? floor : latest;
        state.later(Duration.between(state.services.now(), when), () -> {
            if (state.runs(container, instance)) {
                instance.process().ifPresent(process -> process.killAll());
            }
        });
    }
}
