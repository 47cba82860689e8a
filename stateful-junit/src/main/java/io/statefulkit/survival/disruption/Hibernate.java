package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.workload.Undo;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/** Stops all pods and starts as many again, and expects other pods on the same claims. */
record Hibernate() implements Disruption {

    @Override
    public String name() {
        return "hibernateAndWake";
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        Undo.around("scale back to " + before.replicas(), () -> workload.scale(before.replicas()), () -> {
            workload.scale(0);
            workload.awaitSettled();
        });
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.same(
                "pods", "" + seen.before().replicas(), "" + seen.after().pods().size()));
        seen.before().pods().values().forEach(old -> evidence.addAll(DeletePod.replaced(old, seen, true)));
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }
}
