package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.power.Capability;
import io.statefulkit.survival.disruption.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A disruption that is another one in all that it does not change. */
interface Around extends Disruption {

    /** The other one. */
    Disruption inner();

    @Override
    default String name() {
        return inner().name();
    }

    @Override
    default void inject(Workload workload, Snapshot before) {
        inner().inject(workload, before);
    }

    @Override
    default List<Evidence> evidence(Observation seen) {
        return inner().evidence(seen);
    }

    @Override
    default boolean restartsServers() {
        return inner().restartsServers();
    }

    @Override
    default boolean putsDataAtRisk() {
        return inner().putsDataAtRisk();
    }

    @Override
    default boolean bringsBackAnOlderState() {
        return inner().bringsBackAnOlderState();
    }

    @Override
    default Set<Capability> requires() {
        return inner().requires();
    }

    @Override
    default Optional<String> obstacle(Workload workload) {
        return inner().obstacle(workload);
    }

    @Override
    default Trigger trigger() {
        return inner().trigger();
    }

    @Override
    default Duration patience(Duration usual) {
        return inner().patience(usual);
    }
}
