package io.statefulkit.survival.verdict;

import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.Reading;
import java.util.BitSet;

/**
 * What one read showed of all attempted elements, found in one pass over both: looking up each element in each read would be most of the
 * work of a check.
 *
 * @param begun the index of the event with which it began
 * @param ended the index of the event with which it ended
 * @param present the positions, among all attempted elements, of those that were there
 */
record View(long begun, long ended, BitSet present) {

    static View of(Reading reading, Elements attempted) {
        return new View(
                reading.begun().index(),
                reading.ended().index(),
                reading.present().positionsIn(attempted));
    }

    /** Whether it showed the element at this position. */
    boolean shows(int position) {
        return present.get(position);
    }
}
