package io.statefulkit.survival.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One line of a history. Events are totally ordered by {@link #at()}: what completed at a lower index than another began, came before it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.Begun.class, name = "begun"),
    @JsonSubTypes.Type(value = Event.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = Event.ReadBegun.class, name = "read-begun"),
    @JsonSubTypes.Type(value = Event.ReadEnded.class, name = "read-ended"),
    @JsonSubTypes.Type(value = Event.BooksShown.class, name = "books"),
    @JsonSubTypes.Type(value = Event.Marked.class, name = "marked")
})
public sealed interface Event {

    /** When it was recorded. */
    Moment at();

    /** What a writer does with an element. */
    enum Action {
        /** Insert it. */
        WRITE,
        /** Delete it. */
        DELETE
    }

    /** What happens to the cluster meanwhile. */
    enum Stage {
        /** A disruption is about to act. */
        INJECTED,
        /** The workload is as it should be again. */
        RECOVERED,
        /** A backup is about to be made. */
        BACKUP_BEGUN,
        /** It is complete. */
        BACKUP_DONE,
        /** The data is gone. */
        DESTROYED
    }

    /**
     * A writer is about to begin an operation; recorded before it takes a connection.
     *
     * @param at when
     * @param action what it does
     * @param element with which element
     */
    record Begun(Moment at, Action action, Element element) implements Event {}

    /**
     * An operation ended. One that never does is indeterminate.
     *
     * @param at when
     * @param begun the index of its {@link Begun}
     * @param outcome how
     * @param server the incarnation of the server that answered, empty when none did
     * @param note the error, empty when there was none
     */
    record Ended(Moment at, long begun, Outcome outcome, String server, String note) implements Event {}

    /**
     * A read of all rows is about to begin.
     *
     * @param at when
     */
    record ReadBegun(Moment at) implements Event {}

    /**
     * A read of all rows was answered in full. A read that failed leaves no event: it proves nothing.
     *
     * @param at when
     * @param begun the index of its {@link ReadBegun}
     * @param server the incarnation of the server that answered
     * @param present the elements of the rows, each as often as it has a row
     * @param damaged those whose content is not what was written
     * @param foreign how many rows belong to another run
     */
    record ReadEnded(Moment at, long begun, String server, Elements present, Elements damaged, int foreign)
            implements Event {}

    /**
     * What a read showed of the accounts beside the rows; recorded before its {@link ReadEnded}.
     *
     * @param at when it was recorded
     * @param begun the index of its {@link ReadBegun}
     * @param books what it showed
     */
    record BooksShown(Moment at, long begun, Books books) implements Event {}

    /**
     * Something happened to the cluster.
     *
     * @param at when
     * @param stage what
     * @param disruption the disruption it belongs to
     */
    record Marked(Moment at, Stage stage, String disruption) implements Event {}
}
