package io.statefulkit.survival.disruption;

import java.util.List;
import java.util.Optional;

/** The evidence that no disruption may take away: the claims and the volumes of before are those of now. */
final class Claims {

    private Claims() {}

    static List<Evidence> areTheSame(Observation seen) {
        return seen.before().claims().entrySet().stream()
                .map(claim -> Evidence.same(
                        "claim " + claim.getKey(),
                        describe(Optional.of(claim.getValue())),
                        describe(Optional.ofNullable(seen.after().claims().get(claim.getKey())))))
                .toList();
    }

    private static String describe(Optional<ClaimState> claim) {
        return claim.map(state -> state.uid() + " on volume " + state.volume() + " " + state.volumeUid())
                .orElse("gone");
    }
}
