package io.statefulkit.handle;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.ready.Readiness;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.deploy.watch.Workload;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.deploy.watch.WorkloadWatch;
import io.statefulkit.handle.place.Claims;
import io.statefulkit.handle.place.Place;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The state of a workload at one moment.
 *
 * @param ref which workload
 * @param ready whether it is ready: all pods there, new and ready, none on its way out
 * @param missing what is missing, empty when it is ready
 * @param replicas the declared number of pods
 * @param pods its pods, by name
 * @param claims its claims, by name
 */
public record HandleStatus(
        WorkloadRef ref, boolean ready, String missing, int replicas, List<PodInfo> pods, List<ClaimInfo> claims) {

    /** Copies the lists. */
    public HandleStatus {
        pods = List.copyOf(pods);
        claims = List.copyOf(claims);
    }

    /**
     * A pod.
     *
     * @param name its name
     * @param uid its uid
     * @param phase its phase; {@code Terminating} when it is on its way out
     * @param ready whether it is ready
     * @param restarts how often its containers were restarted
     * @param node the node it is on, empty when it is on none
     * @param ip its address, empty when it has none
     */
    public record PodInfo(String name, String uid, String phase, boolean ready, int restarts, String node, String ip) {}

    /**
     * A claim.
     *
     * @param name its name
     * @param uid its uid
     * @param phase {@code Bound}, {@code Pending} or {@code Lost}
     * @param volume the name of its volume, empty when it is not bound
     * @param capacity the size of the volume, empty when it is not bound
     */
    public record ClaimInfo(String name, String uid, String phase, String volume, String capacity) {}

    static HandleStatus of(Place place) {
        WorkloadState state;
        try (WorkloadWatch watch = WorkloadWatch.openWithoutEvents(place.client(), place.ref(), place.selector())) {
            state = watch.state();
        }
        Optional<String> missing = Readiness.missing(state, 0);
        List<ClaimInfo> claims =
                new Claims(place).list().stream().map(HandleStatus::claim).toList();
        return new HandleStatus(
                place.ref(),
                missing.isEmpty(),
                missing.orElse(""),
                state.workload()
                        .map(Workload::counts)
                        .map(Workload.Counts::wanted)
                        .orElse(0),
                state.pods().stream().map(HandleStatus::pod).toList(),
                claims);
    }

    private static PodInfo pod(Pod pod) {
        int restarts =
                Pods.containers(pod).stream().mapToInt(HandleStatus::restarts).sum();
        return new PodInfo(
                Pods.name(pod),
                Pods.uid(pod),
                Pods.terminating(pod) ? "Terminating" : Pods.phase(pod),
                Pods.ready(pod),
                restarts,
                Objects.requireNonNullElse(pod.getSpec().getNodeName(), ""),
                Optional.ofNullable(pod.getStatus())
                        .map(status -> status.getPodIP())
                        .orElse(""));
    }

    private static int restarts(ContainerStatus container) {
        return Objects.requireNonNullElse(container.getRestartCount(), 0);
    }

    private static ClaimInfo claim(PersistentVolumeClaim claim) {
        var status = Optional.ofNullable(claim.getStatus());
        return new ClaimInfo(
                claim.getMetadata().getName(),
                claim.getMetadata().getUid(),
                status.map(one -> one.getPhase()).orElse("Pending"),
                Objects.requireNonNullElse(claim.getSpec().getVolumeName(), ""),
                status.flatMap(one -> Optional.ofNullable(one.getCapacity()))
                        .flatMap(capacity -> Optional.ofNullable(capacity.get("storage")))
                        .map(Object::toString)
                        .orElse(""));
    }

    /** Returns a small tree: the workload, its pods, its claims. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(ref).append(ready ? " ready" : " not ready: " + missing);
        pods.forEach(pod -> text.append("\n  pod ")
                .append(pod.name())
                .append(' ')
                .append(pod.phase())
                .append(pod.ready() ? ", ready, " : ", not ready, ")
                .append(pod.restarts())
                .append(" restarts"));
        claims.forEach(claim -> text.append("\n  claim ")
                .append(claim.name())
                .append(' ')
                .append(claim.phase())
                .append(' ')
                .append(claim.capacity())
                .append(" on ")
                .append(claim.volume()));
        return text.toString();
    }
}
