package io.statefulkit.survival.disruption;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodTrail;
import io.statefulkit.survival.disruption.observation.Proof;
import io.statefulkit.survival.disruption.observation.Proofs;
import io.statefulkit.survival.disruption.observation.Snapshot;
import io.statefulkit.survival.disruption.power.UnmetNeedException;
import io.statefulkit.survival.disruption.workload.Polling;
import io.statefulkit.survival.disruption.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(Happening.class);

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
     * Does it and waits until there is all evidence and the workload is as it shall be, or its patience ends. When it fails half-way, or has to wait
     * for too long, that is part of the evidence, and the workload has not recovered.
     *
     * @param disruption what to do
     * @param workload to which workload
     * @param before called with the workload as it is just before, and returns when it shall happen
     */
    public static Happening of(Disruption disruption, Workload workload, Runnable before) {
        try (PodTrail trail = workload.trail()) {
            before.run();
            Snapshot start = workload.snapshot();
            Workload patient = workload.withPatience(disruption.patience(workload.patience()));
            AtomicReference<Observation> last = new AtomicReference<>(new Observation(start, start, List.of()));
            List<Evidence> failures = new ArrayList<>();
            boolean isInjected = false;
            boolean isCutOff = false;
            boolean recovered = false;
            try {
                disruption.inject(patient, start);
                isInjected = true;
                awaitRecovery(disruption, patient, start, trail, last);
                recovered = disruption.evidence(Objects.requireNonNull(last.get())).stream()
                        .allMatch(Evidence::met);
            } catch (ConditionTimeoutException e) {
                LOG.debug("{} does not recover", workload.ref(), e);
                if (!isInjected) {
                    failures.add(course(disruption, "time is up: " + awaited(e)));
                }
            } catch (UnmetNeedException e) {
                throw e;
            } catch (RuntimeException | AssertionError e) {
                // What a restore of a user's own throws ends this disruption, and not the run: its history says what
                // became of the data.
                LOG.warn("{} of {} was cut off", disruption.name(), workload.ref(), e);
                failures.add(course(disruption, "failed: " + e));
                isCutOff = true;
            }
            Observation seen = isInjected ? Objects.requireNonNull(last.get()) : look(workload, start, trail);
            List<Evidence> evidence = new ArrayList<>(failures);
            if (!isCutOff) {
                evidence.addAll(disruption.evidence(seen));
            }
            if (seen.gap().isPresent()) {
                evidence.add(new Evidence(
                        "watch of the pods",
                        "open",
                        "begun anew, since it broke: " + seen.gap().get(),
                        recovered));
            }
            return new Happening(
                    disruption.name(),
                    evidence,
                    recovered,
                    disruption.restartsServers(),
                    Proofs.of(seen),
                    seen,
                    disruption.putsDataAtRisk());
        }
    }

    private static Evidence course(Disruption disruption, String end) {
        return new Evidence("course of " + disruption.name(), "begun", end, false);
    }

    /** What was waited for, without the name of a lambda that says so. */
    private static String awaited(ConditionTimeoutException timeout) {
        return String.valueOf(timeout.getMessage()).replaceFirst("(?s) because .*", "");
    }

    /** What a disruption has done until it ended half-way. */
    private static Observation look(Workload workload, Snapshot start, PodTrail trail) {
        Snapshot now = start;
        try {
            now = workload.snapshot();
        } catch (KubernetesClientException | IllegalStateException e) {
            LOG.debug("{} cannot be looked at", workload.ref(), e);
        }
        return observed(start, now, trail, workload);
    }

    private static Observation observed(Snapshot start, Snapshot now, PodTrail trail, Workload workload) {
        return new Observation(start, now, trail.sightings(), workload.pulse(), trail.gap());
    }

    private static void awaitRecovery(
            Disruption disruption,
            Workload workload,
            Snapshot start,
            PodTrail trail,
            AtomicReference<Observation> last) {
        Polling.within(Awaitility.await(disruption.name()), workload.patience(), Workload.PATIENT_POLL)
                // The API server may be away for a while: it may be on the very node that crashed.
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> {
                    Observation seen = observed(start, workload.snapshot(), trail, workload);
                    last.set(seen);
                    return seen.after().isSettled() && isComplete(disruption.evidence(seen));
                });
    }

    /** Nothing is left to wait for. A claim that has been replaced never comes back. */
    private static boolean isComplete(List<Evidence> evidence) {
        return evidence.stream().allMatch(each -> each.met() || Claims.isReplaced(each));
    }
}
