package io.statefulkit.survival.disruption.observation;

import io.statefulkit.internal.NotApi;
import io.statefulkit.survival.disruption.observation.Proof.Death;
import io.statefulkit.survival.disruption.observation.Proof.Reach;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads off an observation what it proves: what happened counts, not what was asked for. */
@NotApi
public final class Proofs {

    private static final int SIGKILLED = 137;
    private static final int UNKNOWN = 255;

    private Proofs() {}

    public static Set<Proof> of(Observation seen) {
        return seen.before().pods().values().stream()
                .flatMap(old -> proof(seen, old).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Proof> proof(Observation seen, PodState old) {
        Optional<PodState> now = seen.now(old);
        boolean isReplaced = now.filter(pod -> !pod.uid().equals(old.uid())).isPresent();
        boolean isRestarted = now.filter(pod -> pod.restarts() > old.restarts()).isPresent();
        if (!isReplaced && !isRestarted) {
            return Optional.empty();
        }
        Details details = now.map(PodState::details).orElse(Details.NONE);
        Death death = isKilled(isReplaced ? Details.NONE : details, seen.exitCode(old)) ? Death.KILLED : Death.GRACEFUL;
        if (!isReplaced) {
            return Optional.of(new Proof(death, Reach.CONTAINER));
        }
        String node = details.node();
        boolean hasMoved = !node.isEmpty()
                && !old.details().node().isEmpty()
                && !node.equals(old.details().node());
        return Optional.of(new Proof(death, isRestored(seen) ? Reach.RESTORED : hasMoved ? Reach.NODE : Reach.POD));
    }

    /** Every row that is there then, came from somewhere else. */
    private static boolean isRestored(Observation seen) {
        return seen.before().claims().entrySet().stream()
                .anyMatch(claim -> Optional.ofNullable(seen.after().claims().get(claim.getKey()))
                        .filter(now -> !now.uid().equals(claim.getValue().uid()))
                        .isPresent());
    }

    /** A node that lost its power does not know how its containers ended, and says so. */
    public static boolean isKilled(Details details, OptionalInt exitCode) {
        return exitCode.equals(OptionalInt.of(SIGKILLED))
                || (exitCode.equals(OptionalInt.of(UNKNOWN))
                        && details.endReason().equals("Unknown"));
    }
}
