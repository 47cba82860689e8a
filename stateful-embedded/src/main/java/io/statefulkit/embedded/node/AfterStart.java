package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.statefulkit.embedded.node.probe.ProbeResult;
import io.statefulkit.embedded.node.status.Role;
import java.time.Duration;
import java.util.Optional;

/** What follows the start of a container: its hook, then its probes. */
final class AfterStart {

    private static final Duration LONGEST_HOOK = Duration.ofHours(1);

    private final PodState state;
    private final ContainerStops stops;
    private final Runnable sync;

    AfterStart(PodState state, ContainerStops stops, Runnable sync) {
        this.state = state;
        this.stops = stops;
        this.sync = sync;
    }

    void begin(PodContainer container, Instance instance) {
        LifecycleHandler hook = container.spec().getLifecycle() == null
                ? null
                : container.spec().getLifecycle().getPostStart();
        if (hook == null) {
            probe(container, instance);
            return;
        }
        state.hooked = Optional.of(instance);
        var unused = new Hooks(state.services, state.fullName(), state.inside(container, instance))
                .run(hook, LONGEST_HOOK)
                .thenAcceptAsync(result -> afterHook(container, instance, result), state.serial);
    }

    private void afterHook(PodContainer container, Instance instance, ProbeResult result) {
        state.unhook(instance);
        if (!state.runs(container, instance)) {
            sync.run();
            return;
        }
        if (result.success()) {
            probe(container, instance);
            sync.run();
            return;
        }
        container.hookFailure = Optional.of(result.output());
        // What a hook says may be secret: it is shown in the status of the pod only.
        state.warning(container, "FailedPostStartHook", "PostStartHook failed");
        state.normal(container, "Killing", "FailedPostStartHook");
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
}
