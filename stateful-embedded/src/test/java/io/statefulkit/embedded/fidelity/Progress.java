package io.statefulkit.embedded.fidelity;

import java.util.ArrayList;
import java.util.List;

/** How far a track of milestones has come along a recorded one. */
final class Progress {

    private Progress() {}

    /** Returns how many of the recorded milestones are reached; milestones that were not recorded are passed over. */
    static int along(List<String> recorded, List<String> seen) {
        int reached = 0;
        for (String milestone : seen) {
            int index = next(recorded, reached, milestone);
            reached = index < 0 ? reached : index + 1;
        }
        return reached;
    }

    /** Returns the milestones that were not recorded, or not in this order. */
    static List<String> invented(List<String> recorded, List<String> seen) {
        int reached = 0;
        List<String> invented = new ArrayList<>();
        for (String milestone : seen) {
            int index = next(recorded, reached, milestone);
            if (index < 0) {
                invented.add(milestone);
            } else {
                reached = index + 1;
            }
        }
        return invented;
    }

    private static int next(List<String> recorded, int from, String milestone) {
        int index = recorded.subList(from, recorded.size()).indexOf(milestone);
        return index < 0 ? -1 : from + index;
    }
}
