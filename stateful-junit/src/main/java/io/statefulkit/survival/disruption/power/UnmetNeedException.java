package io.statefulkit.survival.disruption.power;

import io.statefulkit.deploy.WorkloadRef;
import java.util.Set;
import java.util.stream.Collectors;

/** A disruption cannot be done on this cluster, or to this workload, or its rows not kept there. Nothing was done: it says nothing about the data. */
public final class UnmetNeedException extends UnsupportedOperationException {

    private static final long serialVersionUID = 1L;

    /** Says what cannot be done, and why. */
    public UnmetNeedException(String message) {
        super(message);
    }

    /** Names what is missing. */
    public UnmetNeedException(String disruption, Set<Capability> missing) {
        this(disruption, missing, "");
    }

    /** Names what is missing and, unless this is empty, why. */
    public UnmetNeedException(String disruption, Set<Capability> missing, String why) {
        super(disruption + " needs "
                + missing.stream()
                        .sorted()
                        .map(need -> need + " (" + need.meaning() + ")")
                        .collect(Collectors.joining(" and "))
                + (why.isEmpty()
                        ? ", which this cluster does not offer or nobody told the run how: see Survival.with(Powers)"
                        : ", which is not to be had here: " + why));
    }

    /** Says why a disruption cannot be done to this workload. */
    public UnmetNeedException(String disruption, WorkloadRef workload, String reason) {
        super(disruption + " cannot be done to " + workload + ": " + reason);
    }
}
