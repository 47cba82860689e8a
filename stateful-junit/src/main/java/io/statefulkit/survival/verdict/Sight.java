package io.statefulkit.survival.verdict;

import io.statefulkit.survival.history.Attempt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the reads showed of one element. Positions are indexes of events, -1 for never.
 *
 * @param known from where on it had to be visible; after everything if it never had to
 * @param lastPresent where the last read that showed it began
 * @param lastAbsent where the last read began that had to show it and did not
 * @param flutters whether it came back after a read that had to show it and did not, having been seen before
 * @param presentAfterDelete whether a read that began after its acknowledged deletion showed it
 * @param isAccountedFor whether a read began after its deletion did
 */
record Sight(
        long known,
        long lastPresent,
        long lastAbsent,
        boolean flutters,
        boolean presentAfterDelete,
        boolean isAccountedFor) {

    static Sight of(Attempt write, int position, @Nullable Attempt delete, List<View> views) {
        long deleteBegun = delete == null ? Long.MAX_VALUE : delete.begun().index();
        long deleted = delete == null || !delete.isAcknowledged()
                ? Long.MAX_VALUE
                : delete.ended().index();
        long known = write.isAcknowledged() ? write.ended().index() : Long.MAX_VALUE;
        long lastPresent = -1;
        boolean presentAfterDelete = false;
        boolean accountedFor = false;
        for (View view : views) {
            long begun = view.begun();
            accountedFor |= begun > deleteBegun;
            if (view.shows(position)) {
                known = Math.min(known, view.ended());
                lastPresent = Math.max(lastPresent, begun);
                presentAfterDelete |= begun > deleted;
            }
        }
        return withAbsences(
                new Sight(known, lastPresent, -1, false, presentAfterDelete, accountedFor),
                position,
                deleteBegun,
                views);
    }

    /** A read that ran while the element was being written or deleted proves nothing by not showing it. */
    private static Sight withAbsences(Sight sight, int position, long deleteBegun, List<View> views) {
        long lastAbsent = -1;
        boolean seen = false;
        boolean goneAgain = false;
        boolean flutters = false;
        for (View view : views) {
            if (view.shows(position)) {
                flutters |= goneAgain;
                seen = true;
            } else if (view.begun() > sight.known && view.ended() < deleteBegun) {
                lastAbsent = Math.max(lastAbsent, view.begun());
                goneAgain |= seen;
            }
        }
        return new Sight(
                sight.known, sight.lastPresent, lastAbsent, flutters, sight.presentAfterDelete, sight.isAccountedFor);
    }

    boolean isKnown() {
        return known != Long.MAX_VALUE;
    }

    boolean wasPresent() {
        return lastPresent >= 0;
    }
}
