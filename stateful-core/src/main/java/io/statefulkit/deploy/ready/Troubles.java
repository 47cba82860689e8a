package io.statefulkit.deploy.ready;

import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.deploy.Trouble;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.internal.NotApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds what keeps a workload from becoming ready; pure functions. */
@NotApi
public final class Troubles {

    private static final Duration OVERDUE = Duration.ofMinutes(1);

    private Troubles() {}

    /** Returns everything that is wrong, the pods first. */
    public static List<Trouble> in(WorkloadState state) {
        List<Trouble> found = new ArrayList<>();
        for (Pod pod : state.livePods()) {
            if (!Pods.ready(pod)) {
                unschedulable(pod).filter(trouble -> !isUnbound(trouble)).ifPresent(found::add);
                Pods.containers(pod)
                        .forEach(container -> ContainerTroubles.of(pod, container)
                                .map(trouble -> isOld(pod, state) ? old(trouble) : trouble)
                                .ifPresent(found::add));
            }
        }
        found.addAll(EventTroubles.in(state));
        return List.copyOf(found);
    }

    /**
     * Returns the pods that wait for a volume. It may be on its way, so this is told and is no reason to give up: what goes
     * wrong with a volume has an event of its own.
     */
    static List<Trouble> unbound(WorkloadState state) {
        return state.livePods().stream()
                .flatMap(pod -> unschedulable(pod).stream())
                .filter(Troubles::isUnbound)
                .toList();
    }

    private static boolean isUnbound(Trouble trouble) {
        return trouble.detail().contains("unbound immediate PersistentVolumeClaims");
    }

    /**
     * Returns the pods whose end is overdue: a node that is lost never confirms it. Waiting may still help, so this is told and
     * is no reason to give up.
     */
    static List<Trouble> overdue(WorkloadState state, Instant now) {
        return state.pods().stream()
                .filter(pod -> Optional.ofNullable(pod.getMetadata().getDeletionTimestamp())
                        .filter(end -> Instant.parse(end).plus(OVERDUE).isBefore(now))
                        .isPresent())
                .map(pod -> new Trouble(
                        "pod " + Pods.name(pod),
                        Optional.empty(),
                        "Terminating",
                        "it should have ended at " + pod.getMetadata().getDeletionTimestamp(),
                        "look at its node: if that is gone for good, taint it with"
                                + " node.kubernetes.io/out-of-service=nodeshutdown:NoExecute, which frees pod and volumes;"
                                + " do not force the deletion, since its containers may still run and write"))
                .toList();
    }

    private static boolean isOld(Pod pod, WorkloadState state) {
        String newest = state.workload()
                .map(workload -> workload.rollout().updateRevision())
                .orElse("");
        String own = Pods.label(pod, "controller-revision-hash");
        return !newest.isEmpty() && !own.isEmpty() && !own.equals(newest);
    }

    /** The controller waits for such a pod before it replaces it, so a better revision alone does not help. */
    private static Trouble old(Trouble trouble) {
        return new Trouble(
                trouble.object(),
                trouble.container(),
                trouble.reason(),
                trouble.detail(),
                trouble.advice() + "; the pod is not of the newest revision any more, but the controller waits for it:"
                        + " repairRollout() of the handle lets the newest one take its place");
    }

    private static Optional<Trouble> unschedulable(Pod pod) {
        return Pods.condition(pod, "PodScheduled")
                .filter(scheduled -> "False".equals(scheduled.getStatus()))
                .filter(scheduled -> "Unschedulable".equals(scheduled.getReason()))
                .map(scheduled -> new Trouble(
                        "pod " + Pods.name(pod),
                        Optional.empty(),
                        "Unschedulable",
                        Objects.requireNonNullElse(scheduled.getMessage(), ""),
                        "no node can run the pod: lower its requests, free a node, or check its claims, node"
                                + " selector and taints"));
    }
}
