package io.statefulkit.survival.disruption;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Deletes one pod, and expects another one of the same name on the same claims. */
record DeletePod(int ordinal, boolean atOnce) implements Disruption {

    @Override
    public String name() {
        return (atOnce ? "forceDeletePod(" : "deletePod(") + ordinal + ")";
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        PodState pod = before.require(ordinal);
        workload.deletePod(pod.name(), pod.uid(), atOnce);
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        PodState old = seen.before().require(ordinal);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.changed(
                "uid of pod " + old.name(),
                old.uid(),
                seen.now(old.name()).map(PodState::uid).orElse(old.uid())));
        OptionalInt exit = seen.exitCode(old);
        // A pod that is deleted at once is gone before its end can be reported.
        evidence.add(new Evidence(
                "exit code of its old server",
                "running",
                exit.isPresent() ? "" + exit.getAsInt() : "not reported",
                exit.isPresent() || atOnce));
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }
}
