package io.statefulkit.embedded.node;

import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;

/** What the results of probes do to their container. */
final class ProbeEffects implements ContainerProbes.Listener {

    private final PodState state;
    private final ContainerStops stops;
    private final PodContainer container;
    private final Instance instance;
    private final Runnable sync;

    ProbeEffects(PodState state, ContainerStops stops, PodContainer container, Instance instance, Runnable sync) {
        this.state = state;
        this.stops = stops;
        this.container = container;
        this.instance = instance;
        this.sync = sync;
    }

    @Override
    public void started() {
        container.record = container.record.with(true, container.record.ready());
        state.serial.execute(sync);
    }

    @Override
    public void ready(boolean ready) {
        if (state.runs(container, instance) && container.record.ready() != ready) {
            container.record = container.record.with(container.record.started(), ready);
            state.serial.execute(state::writeProbes);
        }
    }

    @Override
    public void unhealthy(String kind, String output) {
        state.warning(container, "Unhealthy", kind + " probe failed: " + output);
    }

    @Override
    public void odd(String kind, String output) {
        state.warning(container, "ProbeWarning", kind + " probe warning: " + output);
    }

    @Override
    public void mustRestart(String kind, Probe probe) {
        if (!state.runs(container, instance) || state.terminating) {
            return;
        }
        state.normal(
                container,
                "Killing",
                "Container " + container.name() + " failed " + kind + " probe, will be restarted");
        container.replaced = true;
        Long own = probe.getTerminationGracePeriodSeconds();
        stops.stop(container, own == null ? state.grace() : Duration.ofSeconds(own));
    }
}
