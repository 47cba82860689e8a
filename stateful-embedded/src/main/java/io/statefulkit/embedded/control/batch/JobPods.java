package io.statefulkit.embedded.control.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.statefulkit.embedded.control.loop.Pods;
import io.statefulkit.embedded.control.loop.Resource;
import io.statefulkit.embedded.control.loop.Times;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The pods of a job, and which of them are counted already.
 *
 * @param spec the job
 * @param pods its pods
 */
record JobPods(JobSpec spec, List<Resource> pods) {

    JobPods {
        pods = List.copyOf(pods);
    }

    List<Resource> active() {
        return pods.stream().filter(Pods::active).toList();
    }

    int terminating() {
        return (int) pods.stream()
                .filter(pod -> pod.deleting() && !Pods.terminal(pod))
                .count();
    }

    int ready() {
        return (int) active().stream().filter(pod -> pod.is("Ready")).count();
    }

    /** Pods that succeeded and are not counted yet. */
    List<Resource> newlySucceeded() {
        return pods.stream()
                .filter(pod -> pod.hasFinalizer(JobSpec.FINALIZER) && succeeded(pod))
                .toList();
    }

    /** Pods that failed, or were deleted before they succeeded, and are not counted yet. */
    List<Resource> newlyFailed() {
        return pods.stream()
                .filter(pod -> pod.hasFinalizer(JobSpec.FINALIZER) && failed(pod))
                .toList();
    }

    boolean failed(Resource pod) {
        boolean gaveUp = pod.deleting() && !spec.replacesFailedOnly();
        return Pods.phase(pod).equals("Failed") || (gaveUp && !succeeded(pod));
    }

    static boolean succeeded(Resource pod) {
        return Pods.phase(pod).equals("Succeeded");
    }

    /** How often containers of pods that still run were restarted. */
    int restarts() {
        int restarts = 0;
        for (Resource pod : pods) {
            if (!Pods.terminal(pod)) {
                for (String list : new String[] {"initContainerStatuses", "containerStatuses"}) {
                    for (JsonNode container : pod.status().path(list)) {
                        restarts += container.path("restartCount").asInt(0);
                    }
                }
            }
        }
        return restarts;
    }

    Set<Integer> succeededIndexes() {
        return pods.stream()
                .filter(JobPods::succeeded)
                .map(JobPods::index)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<Integer> activeIndexes() {
        return active().stream().map(JobPods::index).collect(Collectors.toCollection(HashSet::new));
    }

    static int index(Resource pod) {
        try {
            return Integer.parseInt(pod.annotation(JobSpec.INDEX));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** When a pod ended: the last of its containers, or else when it was no longer ready, or when it was deleted. */
    static Instant finished(Resource pod) {
        return containersFinished(pod)
                .or(() -> unreadySince(pod))
                .or(() -> deletedAt(pod))
                .orElseGet(pod::created);
    }

    private static Optional<Instant> containersFinished(Resource pod) {
        Optional<Instant> last = Optional.empty();
        for (JsonNode container : pod.status().path("containerStatuses")) {
            Instant end = Times.parse(container
                    .path("state")
                    .path("terminated")
                    .path("finishedAt")
                    .asText(""));
            if (end.equals(Instant.EPOCH)) {
                return Optional.empty();
            }
            last = last.filter(end::isBefore).or(() -> Optional.of(end));
        }
        return last;
    }

    private static Optional<Instant> unreadySince(Resource pod) {
        JsonNode ready = pod.condition("Ready");
        return ready.path("status").asText("").equals("False")
                ? Optional.of(Times.parse(ready.path("lastTransitionTime").asText("")))
                : Optional.empty();
    }

    /** The time in the pod is that by which it has to be gone. */
    private static Optional<Instant> deletedAt(Resource pod) {
        JsonNode metadata = pod.json().path("metadata");
        return pod.deleting()
                ? Optional.of(Times.parse(metadata.path("deletionTimestamp").asText(""))
                        .minusSeconds(
                                metadata.path("deletionGracePeriodSeconds").asLong(0)))
                : Optional.empty();
    }
}
