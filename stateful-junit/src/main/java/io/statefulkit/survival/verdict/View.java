package io.statefulkit.survival.verdict;

import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.Reading;

/**
 * What one read showed of all attempted elements, found in one pass over both: looking up each element in each read would be most of the
 * work of a check.
 *
 * @param begun the index of the event with which it began
 * @param ended the index of the event with which it ended
 * @param seen what it showed, compared with all attempted elements
 */
record View(long begun, long ended, Elements.Comparison seen) {

    static View of(Reading reading, Elements attempted) {
        return new View(reading.begun().index(), reading.ended().index(), attempted.compare(reading.present()));
    }

    /** Whether it showed the element at this position. */
    boolean shows(int position) {
        return seen.shown().get(position);
    }
}
