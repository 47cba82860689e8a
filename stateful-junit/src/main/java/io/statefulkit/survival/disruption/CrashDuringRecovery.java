package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Sighting;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.power.Capability;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Kills the process of a pod, and the one that comes in its place before it is ready, while it still makes good for the first kill. */
record CrashDuringRecovery(int ordinal) implements Disruption {

    @Override
    public String name() {
        return "crashDuringRecovery(" + ordinal + ")";
    }

    @Override
    public Set<Capability> requires() {
        return Set.of(Capability.KILL);
    }

    @Override
    public Disruption on(Target target) {
        return target.of(this, CrashDuringRecovery::new);
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        PodState old = before.require(ordinal);
        workload.processes().kill(old.name());
        workload.await("another process has started", now -> isStarted(old, now));
        workload.processes().kill(old.name());
    }

    private static boolean isStarted(PodState old, Snapshot now) {
        PodState pod = now.pods().get(old.name());
        return pod != null && pod.restarts() > old.restarts() && pod.details().isRunning();
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        PodState old = seen.before().require(ordinal);
        PodState now = seen.now(old).orElse(old);
        List<Evidence> evidence = new ArrayList<>(CrashProcess.killed(old, seen));
        evidence.add(new Evidence(
                "kills", "2", "" + (now.restarts() - old.restarts()), now.restarts() >= old.restarts() + 2));
        boolean wasReady = seen.trail().stream()
                .map(Sighting::pod)
                .anyMatch(pod -> pod.uid().equals(old.uid()) && pod.restarts() == old.restarts() + 1 && pod.isReady());
        String between = wasReady ? "yes" : seen.gap().isPresent() ? "not known" : "no";
        evidence.add(new Evidence("ready between the two", "no", between, between.equals("no")));
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }
}
