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

    /**
     * Looks at one element. A read that ran while the element was being written or deleted proves nothing by not showing it.
     *
     * @param views the reads, by when they began: whatever makes an element known to one of them lies before it
     */
    static Sight of(Attempt write, int position, @Nullable Attempt delete, List<View> views) {
        long deleteBegun = delete == null ? Long.MAX_VALUE : delete.begun().index();
        long deleted = delete == null || !delete.isAcknowledged()
                ? Long.MAX_VALUE
                : delete.ended().index();
        long known = write.isAcknowledged() ? write.ended().index() : Long.MAX_VALUE;
        long lastPresent = -1;
        long lastAbsent = -1;
        boolean goneAgain = false;
        boolean flutters = false;
        boolean presentAfterDelete = false;
        boolean accountedFor = false;
        for (View view : views) {
            long begun = view.begun();
            accountedFor |= begun > deleteBegun;
            if (view.shows(position)) {
                flutters |= goneAgain;
                known = Math.min(known, view.ended());
                lastPresent = begun;
                presentAfterDelete |= begun > deleted;
            } else if (begun > known && view.ended() < deleteBegun) {
                goneAgain |= lastPresent >= 0;
                lastAbsent = begun;
            }
        }
        return new Sight(known, lastPresent, lastAbsent, flutters, presentAfterDelete, accountedFor);
    }

    boolean isKnown() {
        return known != Long.MAX_VALUE;
    }

    boolean wasPresent() {
        return lastPresent >= 0;
    }
}
