package io.statefulkit.survival.disruption;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A disruption of a pod that is known only when it begins: what it did is judged by the pod that it was then.
 *
 * @param any the disruption, done to pod 0
 * @param target which pod it is really done to
 */
record Aimed(Disruption any, Target target) implements Disruption {

    @Override
    public String name() {
        return any.name().replaceFirst("\\(0\\b", "(" + target);
    }

    private Disruption at(Snapshot before) {
        return any.on(Target.pod(before.ordinalOf(target.of(before).get(0))));
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        at(before).inject(workload, before);
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        return at(seen.before()).evidence(seen);
    }

    @Override
    public boolean restartsServers() {
        return any.restartsServers();
    }

    @Override
    public boolean putsDataAtRisk() {
        return any.putsDataAtRisk();
    }

    @Override
    public Set<Capability> requires() {
        return any.requires();
    }

    @Override
    public Optional<String> obstacle(Workload workload) {
        try {
            return at(workload.snapshot()).obstacle(workload);
        } catch (IllegalStateException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    @Override
    public Duration patience(Duration usual) {
        return any.patience(usual);
    }

    @Override
    public Disruption on(Target other) {
        return any.on(other);
    }
}
