package io.statefulkit.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One event of a watch.
 *
 * @param type what happened
 * @param object the object; it must not be modified
 */
public record WatchEvent(Type type, ObjectNode object) {

    /** The kinds of events. */
    public enum Type {
        /** An object appeared, or began to match. */
        ADDED,
        /** An object changed. */
        MODIFIED,
        /** An object went, or no longer matches. */
        DELETED,
        /** Nothing happened up to this revision. */
        BOOKMARK,
        /** The watch ends; the object is a {@code Status}. */
        ERROR
    }
}
