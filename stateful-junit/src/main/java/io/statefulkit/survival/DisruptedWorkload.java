package io.statefulkit.survival;

import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.observation.Pulse;
import io.statefulkit.survival.disruption.observation.ServerContainer;
import io.statefulkit.survival.disruption.power.Capability;
import io.statefulkit.survival.disruption.power.Powers;
import io.statefulkit.survival.disruption.power.UnmetNeedException;
import io.statefulkit.survival.disruption.workload.Phase;
import io.statefulkit.survival.disruption.workload.Workload;
import io.statefulkit.survival.history.Event;
import io.statefulkit.survival.history.Journal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The workload of a run, as disruptions see it.
 *
 * @param subject what it is
 * @param powers what may be done to it
 * @param patience how long it may take to recover
 */
record DisruptedWorkload(Subject subject, Powers powers, Duration patience) {

    /**
     * Refuses a disruption that is not possible here, before anything is done.
     *
     * @throws UnmetNeedException when it is not
     */
    void requireNeedsOf(Disruption disruption) {
        Set<Capability> missing = new HashSet<>(disruption.requires());
        missing.removeAll(powers.capabilities());
        if (!missing.isEmpty()) {
            throw new UnmetNeedException(disruption.name(), missing, powers.whyNot());
        }
        Workload workload = workload(() -> Pulse.NONE, phase -> {});
        disruption.obstacle(workload).ifPresent(reason -> {
            throw new UnmetNeedException(disruption.name(), workload.ref(), reason);
        });
    }

    /** The workload with the pulse of its writers, whose journal notes how far the disruption has come. */
    Workload during(Disruption disruption, Journal journal) {
        return workload(
                () -> new Pulse(journal.quietSinceMark(), journal.refusedSinceMark(), journal.acknowledgedSinceMark()),
                phase -> journal.mark(Event.Stage.valueOf(phase.name()), disruption.name()));
    }

    private Workload workload(Supplier<Pulse> pulse, Consumer<Phase> phases) {
        return new Workload(
                subject.client(),
                new WorkloadRef(subject.kind(), subject.namespace(), subject.name()),
                new ServerContainer(subject.container()),
                powers,
                patience,
                pulse,
                phases);
    }
}
