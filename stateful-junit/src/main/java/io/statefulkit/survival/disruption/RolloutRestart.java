package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Restarts the roll-out, and expects a new revision and every pod replaced by one of it. */
record RolloutRestart() implements Disruption {

    @Override
    public String name() {
        return "rolloutRestart";
    }

    @Override
    public Optional<String> obstacle(Workload workload) {
        return RollOuts.obstacle(workload);
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        workload.restartRollout();
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        List<Evidence> evidence = new ArrayList<>();
        String revision = seen.after().revision();
        evidence.add(Evidence.changed("revision", seen.before().revision(), revision));
        for (PodState old : seen.before().pods().values()) {
            PodState now = seen.now(old).orElse(old);
            evidence.add(Evidence.changed("uid of pod " + old.name(), old.uid(), now.uid()));
            evidence.add(new Evidence(
                    "revision of pod " + old.name(),
                    old.revision(),
                    now.revision(),
                    now.revision().equals(revision)));
        }
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }
}
