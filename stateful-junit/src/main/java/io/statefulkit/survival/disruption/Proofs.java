package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.Proof.Death;
import io.statefulkit.survival.disruption.Proof.Reach;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads off an observation what it proves: what happened counts, not what was asked for. */
final class Proofs {

    private static final int SIGKILLED = 137;

    private Proofs() {}

    static Set<Proof> of(Observation seen) {
        return seen.before().pods().values().stream()
                .flatMap(old -> proof(seen, old).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Proof> proof(Observation seen, PodState old) {
        Optional<PodState> now = seen.now(old.name());
        boolean isReplaced = now.filter(pod -> !pod.uid().equals(old.uid())).isPresent();
        boolean isRestarted = now.filter(pod -> pod.restarts() > old.restarts()).isPresent();
        if (!isReplaced && !isRestarted) {
            return Optional.empty();
        }
        Death death = seen.exitCode(old).equals(OptionalInt.of(SIGKILLED)) ? Death.KILLED : Death.GRACEFUL;
        return Optional.of(new Proof(death, isReplaced ? Reach.POD : Reach.CONTAINER));
    }
}
