package io.statefulkit.embedded.api;

import io.statefulkit.embedded.api.rule.kind.Validation;

/**
 * Who writes, and how.
 *
 * @param fieldManager the manager, from the parameter or the user agent
 * @param dryRun whether everything happens except storing
 * @param force whether server-side apply takes fields from other managers
 * @param validation what happens to unknown fields
 */
public record WriteOptions(String fieldManager, boolean dryRun, boolean force, Validation validation) {

    /** What happens to fields that the kind does not have. */
    public enum Validation {
        /** Nothing. */
        IGNORE,
        /** A warning goes back with the answer, see {@link Warnings}. */
        WARN,
        /** The request is refused. */
        STRICT
    }

    /** Returns the options of a component of the cluster itself. */
    public static WriteOptions by(String fieldManager) {
        return new WriteOptions(fieldManager, false, false, Validation.IGNORE);
    }
}
