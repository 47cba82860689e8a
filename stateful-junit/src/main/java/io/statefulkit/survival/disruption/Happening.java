package io.statefulkit.survival.disruption;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One disruption that was done to a workload.
 *
 * @param disruption its name
 * @param evidence what shows that it happened and that the workload came back
 * @param isRecovered whether the workload came back in time with all evidence met
 * @param restartsServers whether the server was to end and another one to answer
 * @param proofs what it showed the data to survive, if the data did
 * @param seen all that was seen
 * @param putsDataAtRisk whether data could have been lost by it
 */
public record Happening(
        String disruption,
        List<Evidence> evidence,
        boolean isRecovered,
        boolean restartsServers,
        Set<Proof> proofs,
        Observation seen,
        boolean putsDataAtRisk) {

    /** One that puts data at risk if it restarts servers. */
    public Happening(
            String disruption,
            List<Evidence> evidence,
            boolean isRecovered,
            boolean restartsServers,
            Set<Proof> proofs,
            Observation seen) {
        this(disruption, evidence, isRecovered, restartsServers, proofs, seen, restartsServers);
    }

    /** Copies the collections. */
    public Happening {
        evidence = List.copyOf(evidence);
        proofs = Set.copyOf(proofs);
    }

    /**
     * Does it and waits until there is all evidence and the workload is as it shall be, or its patience ends.
     *
     * @param disruption what to do
     * @param workload to which workload
     * @param before called with the workload as it is just before, and returns when it shall happen
     */
    public static Happening of(Disruption disruption, Workload workload, Runnable before) {
        try (PodTrail trail = workload.trail()) {
            before.run();
            Snapshot start = workload.snapshot();
            AtomicReference<Observation> last = new AtomicReference<>(new Observation(start, start, List.of()));
            boolean recovered = true;
            try {
                disruption.inject(workload, start);
                Awaitility.await(disruption.name())
                        .atMost(disruption.patience(workload.patience()))
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Workload.PATIENT_POLL)
                        .until(() -> {
                            Observation seen =
                                    new Observation(start, workload.snapshot(), trail.sightings(), workload.pulse());
                            last.set(seen);
                            return seen.after().isSettled() && isComplete(disruption.evidence(seen));
                        });
                recovered = disruption.evidence(Objects.requireNonNull(last.get())).stream()
                        .allMatch(Evidence::met);
            } catch (ConditionTimeoutException e) {
                recovered = false;
            }
            Observation seen = Objects.requireNonNull(last.get());
            return new Happening(
                    disruption.name(),
                    disruption.evidence(seen),
                    recovered,
                    disruption.restartsServers(),
                    Proofs.of(seen),
                    seen,
                    disruption.putsDataAtRisk());
        }
    }

    /** Nothing is left to wait for. A claim that has been replaced never comes back. */
    private static boolean isComplete(List<Evidence> evidence) {
        return evidence.stream().allMatch(each -> each.met() || Claims.isReplaced(each));
    }
}
