package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.workload.Undo;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Changes the number of pods step by step, and expects those that had to go to be gone, and those that had to come to be there. */
record Scale(List<Integer> replicas) implements Disruption {

    Scale {
        replicas = List.copyOf(replicas);
        if (replicas.isEmpty() || Collections.min(replicas) < 0) {
            throw new IllegalArgumentException("scale needs numbers of pods from 0 up, got " + replicas);
        }
    }

    @Override
    public String name() {
        return "scale(" + replicas.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")";
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        Undo.ifItFails(
                "scale back to " + before.replicas(),
                () -> workload.scale(before.replicas()),
                () -> stepByStep(workload));
    }

    private void stepByStep(Workload workload) {
        for (int i = 0; i < replicas.size(); i++) {
            if (i > 0) {
                workload.awaitSettled();
            }
            workload.scale(replicas.get(i));
        }
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        int last = replicas.get(replicas.size() - 1);
        int lowest = Collections.min(replicas);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence(
                "pods",
                "" + seen.before().pods().size(),
                seen.after().pods().size() + " after " + name(),
                seen.after().pods().size() == last
                        && (lowest < seen.before().replicas()
                                || last > seen.before().replicas())));
        for (PodState old : seen.before().pods().values()) {
            if (mustGo(seen.before(), old, lowest)) {
                evidence.add(new Evidence(
                        "uid of pod " + old.name(),
                        old.uid(),
                        seen.now(old).map(PodState::uid).orElse("gone"),
                        seen.wasDeleted(old.uid())));
            }
        }
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }

    /** Which pods of a Deployment go is its own choice, unless all do. */
    private static boolean mustGo(Snapshot before, PodState pod, int lowest) {
        return before.hasStableNames() ? ordinal(pod) >= lowest : lowest == 0;
    }

    private static int ordinal(PodState pod) {
        return Integer.parseInt(pod.name().substring(pod.name().lastIndexOf('-') + 1));
    }
}
