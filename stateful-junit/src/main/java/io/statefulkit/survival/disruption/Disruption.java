package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.power.Capability;
import io.statefulkit.survival.disruption.workload.Workload;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Something that happens to the pods of a workload. Implementations are immutable; users may write their own. */
public interface Disruption {

    /** What it is called in reports, such as {@code deletePod(0)}. */
    String name();

    /**
     * Does it. Returns as soon as it is on its way; that it happened is for {@link #evidence} to say. A disruption of several steps
     * waits in between.
     *
     * @param workload the workload to do it to
     * @param before what it looked like a moment ago
     */
    void inject(Workload workload, Snapshot before);

    /**
     * What shows that it happened, and that the workload came back as it must. It is asked again until everything is met or time is up.
     *
     * @param seen what was seen until now
     * @return never empty: a disruption without evidence proves nothing
     */
    List<Evidence> evidence(Observation seen);

    /**
     * Whether the server ends and another one answers afterwards; true unless an implementation says otherwise. One that leaves the server
     * running puts no data at risk: a run of such disruptions alone proves nothing, and is inconclusive.
     */
    default boolean restartsServers() {
        return true;
    }

    /** Whether data could be lost by it; it is when servers restart, unless an implementation says otherwise. */
    default boolean putsDataAtRisk() {
        return restartsServers();
    }

    /**
     * Whether it destroys the data and brings back an older state of it; not unless an implementation says otherwise. One that does has to
     * {@linkplain Workload#tell tell} of each phase.
     */
    default boolean bringsBackAnOlderState() {
        return false;
    }

    /** What it needs of the cluster beyond its API; nothing unless an implementation says otherwise. A run that cannot have it does not begin. */
    default Set<Capability> requires() {
        return Set.of();
    }

    /**
     * Why it cannot be done to this workload, although the cluster could; nothing unless an implementation says otherwise. A run in which there
     * is such a reason does not begin.
     */
    default Optional<String> obstacle(Workload workload) {
        return Optional.empty();
    }

    /** When it is to happen; as soon as there is enough traffic unless said otherwise. */
    default Trigger trigger() {
        return Trigger.soon();
    }

    /** How long the workload may take to recover from it, and for each step between, given how long it usually may. */
    default Duration patience(Duration usual) {
        return usual;
    }

    /** The disruptions it consists of, each of which a run does and judges for itself: this one, unless it is several. */
    default List<Disruption> steps() {
        return List.of(this);
    }

    /**
     * The same done to other pods.
     *
     * @throws UnsupportedOperationException when it concerns the workload as a whole
     */
    default Disruption on(Target target) {
        throw new UnsupportedOperationException(name() + " cannot be done to pod " + target + " alone");
    }

    /** The same at a certain time, not before there is enough traffic. */
    default Disruption when(Trigger trigger) {
        return new Adjusted(this, trigger, Optional.empty());
    }

    /** The same, with a limit of its own until the workload must have recovered, which holds for each step between as well. */
    default Disruption recoveringWithin(Duration limit) {
        return new Adjusted(this, trigger(), Optional.of(limit));
    }

    /**
     * The same so many times, each after new traffic.
     *
     * @throws IllegalArgumentException when the number is not positive
     */
    default Disruption times(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("expected at least once, got " + n);
        }
        return new Sequence(
                Collections.nCopies(n, steps()).stream().flatMap(List::stream).toList());
    }

    /** This one, and then, after new traffic, another. */
    default Disruption then(Disruption next) {
        return Sequence.of(this, next);
    }
}
