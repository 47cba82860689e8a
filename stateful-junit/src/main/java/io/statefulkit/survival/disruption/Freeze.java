package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.power.Capability;
import io.statefulkit.survival.disruption.workload.Undo;
import io.statefulkit.survival.disruption.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Stops the processes of a pod where they are for a time, and expects the same ones to go on. */
record Freeze(int ordinal, Duration time) implements Disruption {

    Freeze {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("expected a positive time, got " + time);
        }
    }

    @Override
    public String name() {
        return "freeze(" + ordinal + ", " + time.toMillis() + " ms)";
    }

    @Override
    public Set<Capability> requires() {
        return Set.of(Capability.FREEZE);
    }

    @Override
    public Disruption on(Target target) {
        return target.of(this, pod -> new Freeze(pod, time));
    }

    /** They are the same before and after: it shows that clients get over a server that is silent, and nothing about its files. */
    @Override
    public boolean restartsServers() {
        return false;
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        String pod = before.require(ordinal).name();
        Undo.around("thaw pod " + pod, () -> workload.processes().thaw(pod), () -> {
            workload.processes().freeze(pod);
            workload.pause(time);
        });
    }

    /** A probe may have turned it into a kill: then it was no freeze. */
    @Override
    public List<Evidence> evidence(Observation seen) {
        PodState old = seen.before().require(ordinal);
        PodState now = seen.now(old).orElse(old);
        Duration quiet = seen.pulse().quiet();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.same("uid of pod " + old.name(), old.uid(), now.uid()));
        evidence.add(Evidence.same("restarts of its container", "" + old.restarts(), "" + now.restarts()));
        evidence.add(new Evidence(
                "longest time without an acknowledged row",
                "at least " + time.toMillis() / 2 + " ms",
                quiet.toMillis() + " ms",
                quiet.multipliedBy(2).compareTo(time) >= 0));
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }
}
