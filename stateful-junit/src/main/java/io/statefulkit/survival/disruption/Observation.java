package io.statefulkit.survival.disruption;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that was seen of a workload around a disruption.
 *
 * @param before the workload just before
 * @param after the workload now
 * @param trail every change of its pods in between, in order
 * @param pulse what the writers felt of it
 */
public record Observation(Snapshot before, Snapshot after, List<Sighting> trail, Pulse pulse) {

    /** Copies the list. */
    public Observation {
        trail = List.copyOf(trail);
    }

    /** One of which the writers felt nothing. */
    public Observation(Snapshot before, Snapshot after, List<Sighting> trail) {
        this(before, after, trail, Pulse.NONE);
    }

    /** The pod that has the name now, if there is one. */
    public Optional<PodState> now(String pod) {
        return Optional.ofNullable(after.pods().get(pod));
    }

    /** Whether the pod with this uid was reported as deleted. */
    public boolean wasDeleted(String uid) {
        return trail.stream()
                .anyMatch(
                        sighting -> sighting.isDeleted() && sighting.pod().uid().equals(uid));
    }

    /** How the container of a pod of before ended: of its replacement's restart, or as its last changes said. */
    public OptionalInt exitCode(PodState old) {
        OptionalInt code = now(old.name())
                .filter(pod -> pod.uid().equals(old.uid()) && pod.restarts() > old.restarts())
                .map(PodState::exitCode)
                .orElse(OptionalInt.empty());
        if (code.isPresent()) {
            return code;
        }
        return trail.stream()
                .map(Sighting::pod)
                .filter(pod -> pod.uid().equals(old.uid()))
                .filter(pod -> pod.isTerminating() || pod.restarts() > old.restarts())
                .map(PodState::exitCode)
                .filter(OptionalInt::isPresent)
                .reduce(OptionalInt.empty(), (first, last) -> last);
    }
}
