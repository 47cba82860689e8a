package io.statefulkit.survival.history;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Counts acknowledged writes while they happen. Guarded by the journal. */
final class Pace {

    private static final int REMEMBERED = 10_000;

    private final Deque<Long> recent = new ArrayDeque<>();
    private int sinceMark;
    private int total;

    void saw(Event event, List<Event> events) {
        if (event instanceof Event.Marked) {
            sinceMark = 0;
        } else if (event instanceof Event.Ended ended && isAcknowledgedWrite(ended, events)) {
            sinceMark++;
            total++;
            recent.addLast(ended.at().nanos());
            if (recent.size() > REMEMBERED) {
                recent.removeFirst();
            }
        }
    }

    private static boolean isAcknowledgedWrite(Event.Ended ended, List<Event> events) {
        return ended.outcome() == Outcome.OK
                && events.get((int) ended.begun()) instanceof Event.Begun begun
                && begun.action() == Event.Action.WRITE;
    }

    int sinceMark() {
        return sinceMark;
    }

    int total() {
        return total;
    }

    long within(long now, Duration window) {
        long from = now - window.toNanos();
        return recent.stream().filter(at -> at >= from).count();
    }
}
