package io.statefulkit.survival.disruption;

import java.util.Set;
import java.util.stream.Collectors;

/** A disruption cannot be done on this cluster. Nothing was done: it says nothing about the data. */
public final class UnmetNeedException extends UnsupportedOperationException {

    private static final long serialVersionUID = 1L;

    /** Names what is missing. */
    public UnmetNeedException(String disruption, Set<Capability> missing) {
        super(disruption + " needs "
                + missing.stream()
                        .sorted()
                        .map(need -> need + " (" + need.meaning() + ")")
                        .collect(Collectors.joining(" and "))
                + ", which this cluster does not offer or nobody told the run how: see Survival.with(Powers)");
    }
}
