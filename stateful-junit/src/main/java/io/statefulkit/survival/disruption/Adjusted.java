package io.statefulkit.survival.disruption;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Another disruption at a time of its own, or with a limit of its own.
 *
 * @param inner the other
 * @param trigger when
 * @param limit how long the workload may take to recover, if it is not as long as from others
 */
record Adjusted(Disruption inner, Trigger trigger, Optional<Duration> limit) implements Disruption {

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        inner.inject(workload, before);
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        return inner.evidence(seen);
    }

    @Override
    public boolean restartsServers() {
        return inner.restartsServers();
    }

    @Override
    public boolean putsDataAtRisk() {
        return inner.putsDataAtRisk();
    }

    @Override
    public boolean bringsBackAnOlderState() {
        return inner.bringsBackAnOlderState();
    }

    @Override
    public Set<Capability> requires() {
        return inner.requires();
    }

    @Override
    public Optional<String> obstacle(Workload workload) {
        return inner.obstacle(workload);
    }

    @Override
    public Duration patience(Duration usual) {
        return limit.orElseGet(() -> inner.patience(usual));
    }

    @Override
    public Disruption on(Target target) {
        return new Adjusted(inner.on(target), trigger, limit);
    }
}
