package io.statefulkit.survival;

import io.statefulkit.survival.disruption.Happening;
import io.statefulkit.survival.disruption.observation.Proof;
import io.statefulkit.survival.ledger.Hazard;
import java.util.ArrayList;
import java.util.List;

/** What a run has noted so far: what was done to the workload, and what speaks against a good verdict. For one thread. */
final class Notes {

    private final List<String> doubts = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();

    void doubt(String reason) {
        doubts.add(reason);
    }

    void happened(Happening happening) {
        happenings.add(happening);
    }

    /** Doubts what a database may have told that acknowledges too early, as far as the disruptions could have shown it. */
    void doubtHazards(List<Hazard> ofDatabase) {
        ofDatabase.stream()
                .filter(this::isAtOdds)
                .forEach(hazard -> doubt("the database acknowledges before data is safe: " + hazard.setting()));
    }

    /** What only a kill can take away does not matter in a run in which every server stopped in peace. */
    private boolean isAtOdds(Hazard hazard) {
        return !hazard.onlyWhenKilled()
                || happenings.stream()
                        .flatMap(happening -> happening.proofs().stream())
                        .anyMatch(proof -> proof.death() == Proof.Death.KILLED);
    }

    List<String> doubts() {
        return List.copyOf(doubts);
    }

    List<Happening> happenings() {
        return List.copyOf(happenings);
    }
}
