package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Proofs;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.power.Capability;
import io.statefulkit.survival.disruption.workload.Undo;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Takes the power of a pod's node away and gives it back, and expects the same pod with a new container. */
record CrashNode(int ordinal) implements Disruption {

    @Override
    public String name() {
        return "crashNode(" + ordinal + ")";
    }

    @Override
    public Set<Capability> requires() {
        return Set.of(Capability.NODE_POWER);
    }

    @Override
    public Disruption on(Target target) {
        return target.of(this, CrashNode::new);
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        String node = before.require(ordinal).details().node();
        Undo.around("start node " + node, () -> workload.nodes().start(node), () -> {
            workload.nodes().stop(node);
            workload.nodes().await(node, false);
        });
        workload.nodes().await(node, true);
    }

    /** Right after a crash a pod is told to be ready as it was before: what counts is a new container. */
    @Override
    public List<Evidence> evidence(Observation seen) {
        String node = seen.before().require(ordinal).details().node();
        List<Evidence> evidence = new ArrayList<>();
        for (PodState old : seen.before().pods().values()) {
            if (old.details().node().equals(node)) {
                PodState now = seen.now(old).orElse(old);
                OptionalInt exit = seen.exitCode(old);
                evidence.add(Evidence.same("uid of pod " + old.name(), old.uid(), now.uid()));
                evidence.add(Evidence.changed("its container", old.containerId(), now.containerId()));
                evidence.add(new Evidence(
                        "exit code of its old server",
                        "running",
                        exit.isPresent() ? exit.getAsInt() + " " + now.details().endReason() : "not reported",
                        Proofs.isKilled(now.details(), exit)));
            }
        }
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }
}
