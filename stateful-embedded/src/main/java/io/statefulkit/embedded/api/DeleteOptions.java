package io.statefulkit.embedded.api;

import java.util.OptionalInt;

/**
 * How to delete; empty texts stand for what was not given.
 *
 * @param gracePeriodSeconds the grace, when given
 * @param propagationPolicy {@code Background}, {@code Foreground}, {@code Orphan} or empty
 * @param uid the uid the object must have, or empty
 * @param resourceVersion the revision the object must have, or empty
 * @param dryRun whether nothing is stored
 */
public record DeleteOptions(
        OptionalInt gracePeriodSeconds, String propagationPolicy, String uid, String resourceVersion, boolean dryRun) {

    /** A plain delete. */
    public static final DeleteOptions DEFAULT = new DeleteOptions(OptionalInt.empty(), "", "", "", false);

    /** Returns a plain delete of the object with this uid only. */
    public static DeleteOptions ofUid(String uid) {
        return new DeleteOptions(OptionalInt.empty(), "", uid, "", false);
    }

    /** Returns these options with a grace period. */
    public DeleteOptions withGrace(int seconds) {
        return new DeleteOptions(OptionalInt.of(seconds), propagationPolicy, uid, resourceVersion, dryRun);
    }

    /** Returns these options with a propagation policy. */
    public DeleteOptions withPropagation(String policy) {
        return new DeleteOptions(gracePeriodSeconds, policy, uid, resourceVersion, dryRun);
    }
}
