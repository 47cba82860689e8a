package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Snapshot;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Which pods a disruption is done to.
 *
 * @param ordinal the ordinal of the one, or -1 for all, -2 for the primary, -3 for the one that serves
 */
public record Target(int ordinal) {

    private static final int ALL = -1;
    private static final int PRIMARY = -2;
    private static final int SERVING = -3;

    /** Checks the ordinal. */
    public Target {
        if (ordinal < SERVING) {
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
     * The pod that takes the writes of its group when the disruption begins: the only one there is, or the one whose label {@code role}, or
     * one like it, says {@code primary}, {@code master} or {@code leader}.
     */
    public static Target primary() {
        return new Target(PRIMARY);
    }

    /**
     * The pod that new connections lead to when the disruption begins: the primary where there is one, else the first that is ready. A run in which
     * another one answered the writers is inconclusive, since the same server answers before and after it.
     */
    public static Target serving() {
        return new Target(SERVING);
    }

    /** The same disruption done to these; which pod it is of those that change is said when it begins. */
    Disruption of(Disruption disruption, IntFunction<Disruption> onOrdinal) {
        if (ordinal == ALL) {
            throw new UnsupportedOperationException(disruption.name() + " cannot be done to pod " + this + " alone");
        }
        return ordinal >= 0 ? onOrdinal.apply(ordinal) : new Aimed(onOrdinal.apply(0), this);
    }

    /**
     * Those of a workload.
     *
     * @throws IllegalStateException when there is no such pod
     */
    List<PodState> of(Snapshot workload) {
        return switch (ordinal) {
            case ALL -> List.copyOf(workload.pods().values());
            case PRIMARY -> List.of(primaryOf(workload));
            case SERVING -> List.of(servingOf(workload));
            default -> List.of(workload.require(ordinal));
        };
    }

    private static PodState primaryOf(Snapshot workload) {
        List<PodState> primaries = those(workload, pod -> pod.details().isPrimary());
        List<PodState> candidates = primaries.isEmpty() ? those(workload, pod -> true) : primaries;
        if (candidates.size() != 1) {
            throw new IllegalStateException("there is no single primary: "
                    + (primaries.isEmpty()
                            ? "no label of a pod says so"
                            : primaries.size() + " pods have a label that says so")
                    + ": " + workload.describe());
        }
        return candidates.get(0);
    }

    private static PodState servingOf(Snapshot workload) {
        List<PodState> primaries = those(workload, pod -> pod.details().isPrimary() && pod.isReady());
        return (primaries.isEmpty() ? those(workload, PodState::isReady) : primaries)
                .stream()
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no pod is ready: " + workload.describe()));
    }

    private static List<PodState> those(Snapshot workload, Predicate<PodState> which) {
        return workload.pods().values().stream()
                .filter(pod -> !pod.isTerminating())
                .filter(which)
                .toList();
    }

    /** The ordinal, {@code all}, {@code primary}, or {@code serving}. */
    @Override
    public String toString() {
        return switch (ordinal) {
            case ALL -> "all";
            case PRIMARY -> "primary";
            case SERVING -> "serving";
            default -> "" + ordinal;
        };
    }
}
