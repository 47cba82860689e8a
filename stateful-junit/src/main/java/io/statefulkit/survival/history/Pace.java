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
    private int inFlight;
    private int refused;
    private long lastAck;
    private long marked;
    private long quiet;

    void saw(Event event, List<Event> events) {
        if (event instanceof Event.Marked) {
            sinceMark = 0;
            refused = 0;
            quiet = 0;
            marked = event.at().nanos();
        } else if (event instanceof Event.Begun) {
            inFlight++;
        } else if (event instanceof Event.Ended ended) {
            inFlight--;
            refused += ended.outcome() == Outcome.FAIL && !ended.server().isEmpty() ? 1 : 0;
            if (isAcknowledgedWrite(ended, events)) {
                acknowledged(ended.at().nanos());
            }
        }
    }

    private void acknowledged(long at) {
        quiet = quietUntil(at);
        lastAck = at;
        sinceMark++;
        total++;
        recent.addLast(at);
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
    }

    /** The longest time without an acknowledgement since the last mark. */
    long quietUntil(long now) {
        return Math.max(quiet, now - Math.max(lastAck, marked));
    }

    long sinceMarked(long now) {
        return now - marked;
    }

    int inFlight() {
        return inFlight;
    }

    /** How many operations the database itself has refused since the last mark; one that was not reached refuses nothing. */
    int refused() {
        return refused;
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
