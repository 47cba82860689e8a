package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.power.Capability;
import io.statefulkit.survival.disruption.workload.Cordon;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cordons the node of a pod and evicts the workload's pods from it, and expects others on the same claims. Where volumes or the cluster
 * keep the pods to the node, it is uncordoned for them: then it proves no more than an eviction. That is done between two evictions where
 * a disruption budget waits for such a pod, and it stays so for those that follow.
 */
record DrainNode(int ordinal) implements Disruption {

    @Override
    public String name() {
        return "drainNode(" + ordinal + ")";
    }

    @Override
    public Set<Capability> requires() {
        return Set.of(Capability.CORDON);
    }

    @Override
    public Optional<String> obstacle(Workload workload) {
        return workload.evictionObstacle();
    }

    @Override
    public Disruption on(Target target) {
        return target.of(this, DrainNode::new);
    }

    @Override
    public void inject(Workload workload, Snapshot before) {
        String node = before.require(ordinal).details().node();
        try (Cordon cordon = workload.nodes().cordon(node)) {
            List<PodState> drained = on(node, before);
            drained.forEach(pod -> workload.evictPod(pod.name(), pod.uid(), () -> {
                // The budget waits for a pod that waits for this node: neither would ever end.
                if (hasNoPlace(workload.snapshot())) {
                    cordon.uncordon();
                }
            }));
            workload.await("all pods have left " + cordon.node(), now -> now.isSettled() || hasNoPlace(now));
        }
    }

    private static boolean hasNoPlace(Snapshot workload) {
        return workload.pods().values().stream().anyMatch(pod -> pod.details().isUnschedulable());
    }

    private static List<PodState> on(String node, Snapshot workload) {
        return workload.pods().values().stream()
                .filter(pod -> pod.details().node().equals(node))
                .toList();
    }

    @Override
    public List<Evidence> evidence(Observation seen) {
        String node = seen.before().require(ordinal).details().node();
        List<Evidence> evidence = new ArrayList<>();
        for (PodState old : on(node, seen.before())) {
            evidence.addAll(DeletePod.replaced(old, seen, true));
            String now = seen.now(old).map(pod -> pod.details().node()).orElse("");
            evidence.add(new Evidence("its node", node, now, !now.isEmpty()));
        }
        evidence.addAll(Claims.areTheSame(seen));
        return evidence;
    }
}
