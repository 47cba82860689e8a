package io.statefulkit.survival.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Records events in one order for all threads. That an operation begins is with the operating system before the operation goes on, so that a JVM
 * that is killed leaves no operation unrecorded; how it ended follows with the next beginning, read, mark, or end of the history: what is lost of
 * it by a kill reads as an operation of which nobody knows. Nothing is forced to the disk: a machine that loses power may take the newest lines with it.
 * Thread-safe.
 */
public final class Journal implements AutoCloseable {

    private final LongSupplier ticker;
    private final long start;
    private final HistoryWriter file;
    private final List<Event> events = new ArrayList<>();
    private final Pace pace = new Pace();

    private Journal(LongSupplier ticker, HistoryWriter file) {
        this.ticker = ticker;
        this.start = ticker.getAsLong();
        this.file = file;
    }

    /**
     * Begins a new history in a file, which is replaced.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    public static Journal to(Path file) {
        return to(file, System::nanoTime);
    }

    static Journal to(Path file, LongSupplier ticker) {
        try {
            return new Journal(ticker, HistoryWriter.to(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the history to " + file, e);
        }
    }

    /** The time of its clock at which it began. */
    public long origin() {
        return start;
    }

    /** Records that a writer is about to act, and returns the index to name when it ended. */
    public long begin(Event.Action action, Element element) {
        return record(at -> new Event.Begun(at, action, element)).index();
    }

    /** Records how an operation ended. */
    public void end(long begun, Outcome outcome, String server, String note) {
        add(at -> new Event.Ended(at, begun, outcome, server, note));
    }

    /** Records that a read of all rows is about to begin, and returns the index to name when it ended. */
    public long beginRead() {
        return record(Event.ReadBegun::new).index();
    }

    /** Records what a read showed of the accounts beside the rows; to be called before {@link #endRead}. */
    public void showBooks(long begun, Books books) {
        record(at -> new Event.BooksShown(at, begun, books));
    }

    /** Records what a complete read showed. */
    public void endRead(long begun, String server, Elements present, Elements damaged, int foreign) {
        record(at -> new Event.ReadEnded(at, begun, server, present, damaged, foreign));
    }

    /**
     * Records that a disruption acts now, but only if the writers are busy: at least so many acknowledgements since the last mark, and at
     * least so many within the time just past. Checked and recorded as one, so that what the verdict later counts is what was seen here.
     *
     * @return whether it was recorded
     */
    public boolean markInjected(String disruption, int acknowledged, int recent, Duration within) {
        return markInjected(disruption, acknowledged, recent, within, () -> true);
    }

    /** The same, if something else is so as well, which may ask this journal. */
    public synchronized boolean markInjected(
            String disruption, int acknowledged, int recent, Duration within, BooleanSupplier also) {
        if (pace.sinceMark() < acknowledged || pace.within(now(), within) < recent || !also.getAsBoolean()) {
            return false;
        }
        record(at -> new Event.Marked(at, Event.Stage.INJECTED, disruption));
        return true;
    }

    /** Records that the workload is as it should be again. */
    public void markRecovered(String disruption) {
        record(at -> new Event.Marked(at, Event.Stage.RECOVERED, disruption));
    }

    /** Records what a disruption does to the data while it runs. */
    public void mark(Event.Stage stage, String disruption) {
        record(at -> new Event.Marked(at, stage, disruption));
    }

    /** How many writes were acknowledged since the last mark, or since the run began. */
    public synchronized int acknowledgedSinceMark() {
        return pace.sinceMark();
    }

    /** How many writes were acknowledged since the run began. */
    public synchronized int acknowledged() {
        return pace.total();
    }

    /** How many operations have begun and not ended. */
    public synchronized int inFlight() {
        return pace.inFlight();
    }

    /** How many operations the database has refused since the last mark. One that it was not asked for does not count. */
    public synchronized int refusedSinceMark() {
        return pace.refused();
    }

    /** The longest time in which no write was acknowledged since the last mark, or since the run began. */
    public synchronized Duration quietSinceMark() {
        return Duration.ofNanos(pace.quietUntil(now()));
    }

    /** How long ago the last mark is, or the beginning of the run. */
    public synchronized Duration sinceMark() {
        return Duration.ofNanos(pace.sinceMarked(now()));
    }

    /** The history until now. */
    public History history() {
        return History.of(snapshot());
    }

    private synchronized List<Event> snapshot() {
        return List.copyOf(events);
    }

    private long now() {
        return ticker.getAsLong() - start;
    }

    private Moment record(Function<Moment, Event> event) {
        Added added = add(event);
        file.handOver(added.end());
        return added.at();
    }

    private synchronized Added add(Function<Moment, Event> event) {
        Moment at = new Moment(events.size(), now());
        Event recorded = event.apply(at);
        events.add(recorded);
        pace.saw(recorded, events);
        // One that comes after the end is of a writer that hung until now: its operation has been counted as
        // indeterminate.
        return new Added(at, file.add(recorded));
    }

    private record Added(Moment at, long end) {}

    /** Closes the file. */
    @Override
    public void close() {
        file.close();
    }
}
