package io.statefulkit.survival.disruption.observation;

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
 * @param gap why changes may be missing in the trail, if they may: what it does not show, may have been all the same
 */
public record Observation(Snapshot before, Snapshot after, List<Sighting> trail, Pulse pulse, Optional<String> gap) {

    /** Copies the list. */
    public Observation {
        trail = List.copyOf(trail);
    }

    /** One with every change. */
    public Observation(Snapshot before, Snapshot after, List<Sighting> trail, Pulse pulse) {
        this(before, after, trail, pulse, Optional.empty());
    }

    /** One of which the writers felt nothing. */
    public Observation(Snapshot before, Snapshot after, List<Sighting> trail) {
        this(before, after, trail, Pulse.NONE);
    }

    /**
     * The pod that has the place of a pod of before now, if there is one: the one of its name or, of a Deployment, whose pods have new names, one
     * that came for one that is gone.
     */
    public Optional<PodState> now(PodState old) {
        Optional<PodState> same = Optional.ofNullable(after.pods().get(old.name()));
        if (same.isPresent() || before.hasStableNames()) {
            return same;
        }
        int place = only(before, after).indexOf(old);
        List<PodState> come = only(after, before);
        return place >= 0 && place < come.size() ? Optional.of(come.get(place)) : Optional.empty();
    }

    /** Whether another object runs the pods now. */
    public Evidence ownerIsAnother() {
        return Evidence.changed("uid of the " + before.kind(), before.uid(), after.uid());
    }

    private static List<PodState> only(Snapshot one, Snapshot other) {
        return one.pods().values().stream()
                .filter(pod -> !other.pods().containsKey(pod.name()))
                .toList();
    }

    /** Whether the pod with this uid was reported as deleted. */
    public boolean wasDeleted(String uid) {
        return trail.stream()
                .anyMatch(
                        sighting -> sighting.isDeleted() && sighting.pod().uid().equals(uid));
    }

    /** How the container of a pod of before ended: of its replacement's restart, or as its last changes said. */
    public OptionalInt exitCode(PodState old) {
        OptionalInt code = now(old).filter(pod -> pod.uid().equals(old.uid()) && pod.restarts() > old.restarts())
                .map(PodState::exitCode)
                .orElse(OptionalInt.empty());
        if (code.isPresent()) {
            return code;
        }
        return trail.stream()
                .map(Sighting::pod)
                .filter(pod -> pod.uid().equals(old.uid()))
                .filter(pod -> pod.isTerminating() || pod.restarts() > old.restarts())
                .filter(pod -> pod.hasEndedSince(old))
                .map(PodState::exitCode)
                .filter(OptionalInt::isPresent)
                .reduce(OptionalInt.empty(), (first, last) -> last);
    }
}
