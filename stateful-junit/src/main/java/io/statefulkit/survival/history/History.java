package io.statefulkit.survival.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that happened in a run, in the order of events. Attempts are ordered by when they began, readings likewise.
 *
 * @param writes attempts to insert
 * @param deletes attempts to delete
 * @param readings complete reads
 * @param steps the disruptions
 */
public record History(List<Attempt> writes, List<Attempt> deletes, List<Reading> readings, List<Step> steps) {

    /** Copies the lists. */
    public History {
        writes = List.copyOf(writes);
        deletes = List.copyOf(deletes);
        readings = List.copyOf(readings);
        steps = List.copyOf(steps);
    }

    /**
     * Joins events into operations.
     *
     * @throws IllegalArgumentException when an end refers to no beginning
     */
    public static History of(List<Event> events) {
        return new Joining().join(events);
    }

    /** The acknowledged writes, in the order in which they began. */
    public Stream<Attempt> acknowledged() {
        return writes.stream().filter(Attempt::isAcknowledged);
    }

    /** State of one pass over the events. */
    private static final class Joining {

        private final Map<Long, Event.Ended> ends = new HashMap<>();
        private final Map<Long, Event.ReadBegun> reads = new HashMap<>();
        private final Map<Long, Books> books = new HashMap<>();
        private final List<Attempt> writes = new ArrayList<>();
        private final List<Attempt> deletes = new ArrayList<>();
        private final List<Reading> readings = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private final Map<Event.Stage, Moment> phases = new EnumMap<>(Event.Stage.class);

        History join(List<Event> events) {
            for (Event event : events) {
                if (event instanceof Event.Ended ended) {
                    ends.put(ended.begun(), ended);
                }
            }
            events.forEach(this::take);
            if (!ends.isEmpty()) {
                throw new IllegalArgumentException("the history has ends without a beginning, at " + ends.keySet());
            }
            return new History(writes, deletes, readings, steps);
        }

        private void take(Event event) {
            if (event instanceof Event.Begun begun) {
                (begun.action() == Event.Action.WRITE ? writes : deletes).add(attempt(begun));
            } else if (event instanceof Event.ReadBegun begun) {
                reads.put(begun.at().index(), begun);
            } else if (event instanceof Event.BooksShown shown) {
                books.put(shown.begun(), shown.books());
            } else if (event instanceof Event.ReadEnded ended) {
                readings.add(reading(ended));
            } else if (event instanceof Event.Marked marked) {
                mark(marked);
            }
        }

        private Attempt attempt(Event.Begun begun) {
            Event.Ended ended = ends.remove(begun.at().index());
            return ended == null
                    ? new Attempt(begun.element(), begun.at(), Moment.NEVER, Outcome.INFO, "", "never ended")
                    : new Attempt(
                            begun.element(), begun.at(), ended.at(), ended.outcome(), ended.server(), ended.note());
        }

        private Reading reading(Event.ReadEnded ended) {
            Event.ReadBegun begun = reads.get(ended.begun());
            if (begun == null) {
                throw new IllegalArgumentException("the history has no beginning of the read at " + ended.begun());
            }
            return new Reading(
                    begun.at(),
                    ended.at(),
                    ended.server(),
                    ended.present(),
                    ended.damaged(),
                    ended.foreign(),
                    Optional.ofNullable(books.get(ended.begun())));
        }

        private void mark(Event.Marked marked) {
            if (marked.stage() == Event.Stage.INJECTED) {
                steps.add(new Step(marked.disruption(), marked.at(), Moment.NEVER));
                phases.clear();
            } else if (marked.stage() != Event.Stage.RECOVERED) {
                phases.put(marked.stage(), marked.at());
            } else if (!steps.isEmpty()) {
                Step last = steps.remove(steps.size() - 1);
                steps.add(new Step(last.disruption(), last.injected(), marked.at(), cut()));
            }
        }

        private Optional<Cut> cut() {
            Moment begun = phases.get(Event.Stage.BACKUP_BEGUN);
            Moment done = phases.get(Event.Stage.BACKUP_DONE);
            Moment destroyed = phases.get(Event.Stage.DESTROYED);
            return begun == null || done == null || destroyed == null
                    ? Optional.empty()
                    : Optional.of(new Cut(begun, done, destroyed));
        }
    }
}
