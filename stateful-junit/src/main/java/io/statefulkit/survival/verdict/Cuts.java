package io.statefulkit.survival.verdict;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.Cut;
import io.statefulkit.survival.history.Element;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Reading;
import io.statefulkit.survival.history.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What restores from backups may have taken back, and what they must not have brought. What was acknowledged before a backup began is in it; what
 * began after it was done is not; of what was written meanwhile, a writer's later row is not there without its earlier ones.
 *
 * @param givenUp rows that a restore may have taken back, the right part of them
 * @param tooNew rows that a restore brought although its backup cannot have had them
 */
record Cuts(Set<Element> givenUp, List<Element> tooNew) {

    static Cuts of(History history) {
        Set<Element> givenUp = new HashSet<>();
        Set<Element> tooNew = new HashSet<>();
        for (Step step : history.steps()) {
            if (step.cut().isPresent()) {
                Optional<Reading> after = history.readings().stream()
                        .filter(reading -> step.recovered().isBefore(reading.begun()))
                        .findFirst();
                after.ifPresent(
                        reading -> new One(step.cut().orElseThrow(), reading.present(), givenUp, tooNew).look(history));
            }
        }
        return new Cuts(givenUp, List.copyOf(tooNew));
    }

    private record One(Cut cut, Elements present, Set<Element> givenUp, Set<Element> tooNew) {

        void look(History history) {
            Map<Integer, Integer> newest = new HashMap<>();
            for (Attempt write : history.writes()) {
                if (isAtStake(write) && isThere(write)) {
                    newest.merge(write.element().writer(), write.element().seq(), Math::max);
                    if (cut.done().isBefore(write.begun())) {
                        tooNew.add(write.element());
                    }
                }
            }
            for (Attempt write : history.writes()) {
                boolean isBeforeOneThatIsThere = write.element().seq()
                        < newest.getOrDefault(write.element().writer(), 0);
                if (isAtStake(write) && !isThere(write) && !isBeforeOneThatIsThere) {
                    givenUp.add(write.element());
                }
            }
            history.deletes().stream()
                    .filter(delete -> cut.begun().isBefore(delete.ended()))
                    .filter(delete -> delete.begun().isBefore(cut.destroyed()))
                    .forEach(delete -> givenUp.add(delete.element()));
        }

        /** One that hung until everything was gone may have reached the server that came after. */
        private boolean isAtStake(Attempt write) {
            return write.isAcknowledged()
                    && cut.begun().isBefore(write.ended())
                    && write.ended().isBefore(cut.destroyed());
        }

        private boolean isThere(Attempt write) {
            return present.contains(write.element());
        }
    }
}
