package io.statefulkit.survival.disruption;

import io.statefulkit.survival.disruption.observation.ClaimState;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import java.util.List;
import java.util.Optional;

/** The evidence that no disruption may take away: the claims and the volumes of before are those of now. */
final class Claims {

    private static final String CLAIM = "claim ";
    private static final String GONE = "gone";

    private Claims() {}

    static List<Evidence> areTheSame(Observation seen) {
        return seen.before().claims().entrySet().stream()
                .map(claim -> Evidence.same(
                        CLAIM + claim.getKey(),
                        describe(Optional.of(claim.getValue())),
                        describe(Optional.ofNullable(seen.after().claims().get(claim.getKey())))))
                .toList();
    }

    /** Whether this says that another claim has the name now. */
    static boolean isReplaced(Evidence evidence) {
        return evidence.what().startsWith(CLAIM)
                && !uid(evidence.before()).equals(uid(evidence.after()))
                && !evidence.after().equals(GONE);
    }

    private static String uid(String description) {
        return description.substring(0, Math.max(0, description.indexOf(' ')));
    }

    private static String describe(Optional<ClaimState> claim) {
        return claim.map(state -> state.uid() + " on volume " + state.volume() + " " + state.volumeUid())
                .orElse(GONE);
    }
}
