package io.statefulkit.embedded.control.scheduling;

import io.statefulkit.embedded.control.loop.Resource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Why a pod gets no node.
 *
 * @param obstacles what stands in the way on each node
 */
record UnfitNodes(Map<Resource, List<Obstacle>> obstacles) {

    /** Returns it in the words of a scheduler. */
    String text() {
        Map<String, Integer> reasons = new TreeMap<>();
        Map<String, Integer> preemption = new TreeMap<>();
        obstacles.values().forEach(found -> {
            found.forEach(obstacle -> reasons.merge(obstacle.text(), 1, Integer::sum));
            boolean lasts = found.stream().anyMatch(Obstacle::lasts);
            preemption.merge(
                    lasts ? "Preemption is not helpful for scheduling" : "No preemption victims found for incoming pod",
                    1,
                    Integer::sum);
        });
        String none = "0/" + obstacles.size() + " nodes are available: ";
        // Two things are tried for such a pod: to take devices from others, which no pod asks for here, and their
        // place.
        return none + counted(reasons) + ". no new claims to deallocate, preemption: " + none + counted(preemption)
                + ".";
    }

    /** As a scheduler sorts them: by their text with the number in front. */
    private static String counted(Map<String, Integer> reasons) {
        return reasons.entrySet().stream()
                .map(reason -> reason.getValue() + " " + reason.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
