package io.statefulkit.survival.report;

import io.statefulkit.survival.report.Surroundings.ClusterEvent;
import io.statefulkit.survival.report.Surroundings.PodLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what comes from the cluster within what one page can bear. */
final class Excerpts {

    /** Bytes in the page. */
    private static final int LOGS = 1_000_000;

    private static final int EVENTS = 500;
    private static final int MESSAGE = 400;
    private static final int LONGEST_ESCAPE = 5;

    private Excerpts() {}

    /** The newest events. */
    static List<ClusterEvent> of(List<ClusterEvent> events) {
        return events.subList(Math.max(0, events.size() - EVENTS), events.size()).stream()
                .map(event -> event.message().length() <= MESSAGE
                        ? event
                        : new ClusterEvent(
                                event.time(),
                                event.type(),
                                event.object(),
                                event.reason(),
                                event.message().substring(0, MESSAGE) + "\u2026"))
                .toList();
    }

    /** The end of each log, all of them as long as there is room. */
    static List<PodLog> ofLogs(List<PodLog> logs) {
        List<PodLog> kept = new ArrayList<>();
        long room = LOGS;
        for (PodLog log : logs) {
            long size = size(log.text());
            if (size > room) {
                int characters = (int) (room / LONGEST_ESCAPE);
                String end = log.text().substring(Math.max(0, log.text().length() - characters));
                kept.add(new PodLog(log.container(), "(there was room for its end only)\n" + end));
                room = 0;
            } else {
                kept.add(log);
                room -= size;
            }
        }
        return kept;
    }

    /** In bytes, with what HTML has to write in other words. */
    private static long size(String text) {
        long escaped = text.chars().filter(c -> "<>&\"'`=".indexOf(c) >= 0).count();
        return text.getBytes(StandardCharsets.UTF_8).length + escaped * LONGEST_ESCAPE;
    }
}
