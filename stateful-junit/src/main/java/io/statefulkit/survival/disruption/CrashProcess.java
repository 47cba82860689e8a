package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.power.Capability;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Kills the main processes of pods, and expects the same pods with new containers. */
record CrashProcess(Target target) implements Disruption {

    private static final int SIGKILLED = 137;

    @Override
    public String name() {
        return "crashProcess(" + target + ")";
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        target.of(before).forEach(pod -> workload.processes().kill(pod.name()));
    }

    @Override
    public Set<Capability> requires() {
        return Set.of(Capability.KILL);
    }

    @Override
    public Disruption on(Target other) {
        return new CrashProcess(other);
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        List<Evidence> evidence = new ArrayList<>();
        target.of(seen.before()).forEach(old -> evidence.addAll(killed(old, seen)));
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }

    static List<Evidence> killed(PodState old, Observation seen) {
        PodState now = seen.now(old).orElse(old);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.same("uid of pod " + old.name(), old.uid(), now.uid()));
        evidence.add(new Evidence(
                "restarts of its container",
                "" + old.restarts(),
                "" + now.restarts(),
                now.restarts() > old.restarts()));
        evidence.add(Evidence.changed("its container", old.containerId(), now.containerId()));
        OptionalInt exit = seen.exitCode(old);
        evidence.add(new Evidence(
                "exit code of its old server",
                "running",
                exit.isPresent() ? "" + exit.getAsInt() : "not reported",
                exit.equals(OptionalInt.of(SIGKILLED))));
        return evidence;
    }
}
