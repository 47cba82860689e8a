package io.statefulkit.survival.verdict;

import static java.util.stream.Collectors.toMap;

import io.statefulkit.survival.history.Attempt;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.history.History;
import io.statefulkit.survival.history.Reading;
import java.util.List;
import java.util.Map;

/**
 * Tells a cut-off end from a gap. A log that is cut off loses the newest writes of the server that crashed; when a later one of the same
 * server is still there, the loss has another cause, such as a damaged file or a wrong replay.
 */
final class LossShape {

    private LossShape() {}

    static Elements holes(History history, Elements lost) {
        List<Reading> readings = history.readings();
        if (lost.isEmpty() || readings.isEmpty()) {
            return Elements.none();
        }
        Elements present = readings.get(readings.size() - 1).present();
        Map<String, Long> lastSurvivor = history.acknowledged()
                .filter(write -> present.contains(write.element()))
                .collect(toMap(Attempt::server, write -> write.begun().index(), Math::max));
        return Elements.of(history.acknowledged()
                .filter(write -> lost.contains(write.element()))
                .filter(write -> lastSurvivor.getOrDefault(write.server(), -1L)
                        > write.ended().index())
                .map(Attempt::element)
                .toList());
    }
}
