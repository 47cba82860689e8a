package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.PodOwner;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.Optional;

/** What has to be so that a change of the template of pods replaces them, and only them. */
final class RollOuts {

    private RollOuts() {}

    static Optional<String> obstacle(Workload workload) {
        PodOwner owner = workload.owner();
        String strategy = owner.strategy();
        if (strategy.equals("OnDelete")) {
            return Optional.of("its update strategy is OnDelete, so that a change of its template replaces no pod");
        }
        int partition = owner.partition();
        if (partition > 0) {
            return Optional.of("its update strategy has the partition " + partition
                    + ", so that a change of its template replaces no pod with a lower ordinal");
        }
        if (owner.isPaused()) {
            return Optional.of("it is paused, so that a change of its template replaces no pod");
        }
        Snapshot now = workload.snapshot();
        if (!now.hasStableNames() && !now.claims().isEmpty() && !strategy.equals("Recreate")) {
            return Optional.of("its strategy is " + strategy + ", so that two servers would run on the volume of "
                    + now.claims().firstKey() + " at once; give it the strategy Recreate");
        }
        return Optional.empty();
    }
}
