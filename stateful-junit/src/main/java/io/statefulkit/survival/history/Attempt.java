package io.statefulkit.survival.history;

/**
 * One attempt to insert or delete an element.
 *
 * @param element the element
 * @param begun when it began
 * @param ended when it ended; after every other moment if it never did
 * @param outcome how it ended
 * @param server the incarnation of the server that answered, empty when none did
 * @param note the error, empty when there was none
 */
public record Attempt(Element element, Moment begun, Moment ended, Outcome outcome, String server, String note) {

    /** Whether the database acknowledged it. */
    public boolean isAcknowledged() {
        return outcome == Outcome.OK;
    }

    /** Whether it never ended. Writers give up what hangs, so that one of a run that is over could not be given up. */
    public boolean isHanging() {
        return ended.equals(Moment.NEVER);
    }
}
