package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/** Deletes the object that runs the pods with its pods and creates it again, and expects new pods on the same claims. */
record RecreateWorkload() implements Disruption {

    @Override
    public String name() {
        return "recreateWorkload";
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        workload.recreate(before.uid());
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(seen.ownerIsAnother());
        for (PodState old : seen.before().pods().values()) {
            evidence.add(Evidence.changed(
                    "uid of pod " + old.name(),
                    old.uid(),
                    seen.now(old).map(PodState::uid).orElse(old.uid())));
        }
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }
}
