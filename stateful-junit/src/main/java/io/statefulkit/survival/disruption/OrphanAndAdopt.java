package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes the object that runs the pods without its pods and creates it again, and expects it to adopt them. Their servers run on, so that it proves
 * nothing about the data.
 */
record OrphanAndAdopt() implements Disruption {

    @Override
    public String name() {
        return "orphanAndAdopt";
    }

    @Override
    public boolean restartsServers() {
        return false;
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        workload.orphanAndAdopt(before.uid());
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(seen.ownerIsAnother());
        for (PodState old : seen.before().pods().values()) {
            // Only pods that the set of now owns are in a snapshot.
            evidence.add(Evidence.same(
                    "uid of pod " + old.name() + ", owned by the "
                            + seen.before().kind(),
                    old.uid(),
                    seen.now(old).map(PodState::uid).orElse("none")));
            evidence.add(Evidence.same(
                    "restarts of its container",
                    "" + old.restarts(),
                    seen.now(old).map(now -> "" + now.restarts()).orElse("none")));
        }
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }
}
