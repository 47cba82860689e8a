package io.statefulkit.survival.disruption;

import java.util.List;

/**
 * Which pods a disruption is done to.
 *
 * @param ordinal the ordinal of the one, or -1 for all
 */
public record Target(int ordinal) {

    private static final int ALL = -1;

    /** Checks the ordinal. */
    public Target {
        if (ordinal < ALL) {
            throw new IllegalArgumentException("expected an ordinal from 0 up, got " + ordinal);
        }
    }

    /** The pod with this ordinal. */
    public static Target pod(int ordinal) {
        if (ordinal < 0) {
            throw new IllegalArgumentException("expected an ordinal from 0 up, got " + ordinal);
        }
        return new Target(ordinal);
    }

    /** Every pod, all at once. */
    public static Target all() {
        return new Target(ALL);
    }

    /**
     * Those of a workload.
     *
     * @throws IllegalStateException when there is no such pod
     */
    List<PodState> of(Snapshot workload) {
        return ordinal == ALL ? List.copyOf(workload.pods().values()) : List.of(workload.require(ordinal));
    }

    /** The ordinal, or {@code all}. */
    @Override
    public String toString() {
        return ordinal == ALL ? "all" : "" + ordinal;
    }
}
