package io.statefulkit.deploy.ready;

import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.deploy.watch.Workload;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.internal.NotApi;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a workload is ready; pure functions.
 *
 * <p>The counts of a status alone are not enough: right after a change they still describe the time before it, and right
 * after a pod was deleted they still count it. So the generation, the revision of each pod and pods on their way out are
 * looked at as well.
 */
@NotApi
public final class Readiness {

    private Readiness() {}

    /**
     * Returns what is missing until the workload is ready, or empty when it is.
     *
     * @param state what was seen
     * @param generation the oldest generation that counts: the one that the last write returned
     */
    public static Optional<String> missing(WorkloadState state, long generation) {
        if (state.workload().isEmpty()) {
            return Optional.of("it does not exist");
        }
        Workload workload = state.workload().orElseThrow();
        return Optional.<String>empty()
                .or(() -> controllerIsBehind(workload, generation))
                .or(() -> podsAreMissing(workload, state))
                .or(() -> podsAreOld(workload, state.livePods()))
                .or(() -> countsAreBehind(workload));
    }

    private static Optional<String> controllerIsBehind(Workload workload, long generation) {
        if (workload.deleting()) {
            return Optional.of("it is being deleted");
        }
        if (workload.generation() < generation) {
            return Optional.of(
                    "the change (generation " + generation + ") is not visible yet, only " + workload.generation());
        }
        if (workload.rollout().observedGeneration() < workload.generation()) {
            return Optional.of("the controller has not seen generation " + workload.generation() + " yet, only "
                    + workload.rollout().observedGeneration());
        }
        return Optional.empty();
    }

    private static Optional<String> podsAreMissing(Workload workload, WorkloadState state) {
        List<Pod> live = state.livePods();
        int wanted = workload.counts().wanted();
        Optional<String> terminating = state.pods().stream()
                .filter(Pods::terminating)
                .map(pod -> "pod " + Pods.name(pod) + " is still terminating")
                .findFirst();
        if (terminating.isPresent()) {
            return terminating;
        }
        if (live.size() != wanted) {
            return Optional.of(live.size() + " of " + wanted + " pods exist" + heldUp(workload, live));
        }
        long ready = live.stream().filter(Pods::ready).count();
        return ready == wanted
                ? Optional.empty()
                : Optional.of(ready + " of " + wanted + " pods are ready" + PodStates.waitingFor(live));
    }

    /** A StatefulSet makes its next pod only when those before it are ready. */
    private static String heldUp(Workload workload, List<Pod> live) {
        if (workload.ref().kind() != WorkloadRef.Kind.STATEFUL_SET
                || live.size() > workload.counts().wanted()) {
            return "";
        }
        return live.stream()
                .filter(pod -> !Pods.ready(pod))
                .map(pod -> ", and " + Pods.name(pod) + " is not ready")
                .findFirst()
                .orElse("");
    }

    private static Optional<String> podsAreOld(Workload workload, List<Pod> live) {
        Workload.Rollout rollout = workload.rollout();
        if (rollout.byHand() || workload.ref().kind() != WorkloadRef.Kind.STATEFUL_SET) {
            return Optional.empty();
        }
        return live.stream()
                .filter(pod -> Pods.ordinal(pod).orElse(0) >= rollout.firstUpdated())
                .filter(pod -> !Pods.label(pod, "controller-revision-hash").equals(rollout.updateRevision()))
                .map(pod -> "pod " + Pods.name(pod) + " still has revision "
                        + Pods.label(pod, "controller-revision-hash") + " instead of " + rollout.updateRevision())
                .findFirst();
    }

    private static Optional<String> countsAreBehind(Workload workload) {
        Workload.Counts counts = workload.counts();
        Workload.Rollout rollout = workload.rollout();
        int wanted = counts.wanted();
        boolean revisionsSettled = rollout.currentRevision().equals(rollout.updateRevision())
                && !rollout.updateRevision().isEmpty();
        int updated = rollout.byHand() ? 0 : Math.max(0, wanted - rollout.partition());
        if (!revisionsSettled && counts.updated() < updated) {
            return Optional.of("its status counts " + counts.updated() + " of " + updated + " updated pods");
        }
        if (counts.ready() != wanted || counts.existing() != wanted) {
            return Optional.of("its status counts " + counts.ready() + " ready of " + counts.existing() + " pods, "
                    + wanted + " are wanted");
        }
        if (rollout.minReadySeconds() > 0 && counts.available() < wanted) {
            return Optional.of("pods have to be ready for " + rollout.minReadySeconds() + " s");
        }
        return Optional.empty();
    }
}
