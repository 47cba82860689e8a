package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.List;
import java.util.Optional;

/**
 * A disruption of a pod that is known only when it begins: what it did is judged by the pod that it was then.
 *
 * @param inner the disruption, done to pod 0
 * @param target which pod it is really done to
 */
record Aimed(Disruption inner, Target target) implements Around {

    @Override
    public String name() {
        return inner.name().replaceFirst("\\(0\\b", "(" + target);
    }

    private Disruption at(Snapshot before) {
        return inner.on(Target.pod(before.ordinalOf(target.of(before).get(0))));
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
    public Optional<String> obstacle(Workload workload) {
        try {
            return at(workload.snapshot()).obstacle(workload);
        } catch (IllegalStateException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    @Override
    public Disruption on(Target other) {
        return inner.on(other);
    }
}
