package io.statefulkit.spec.storage;

/**
 * What happens to the claims of a StatefulSet.
 *
 * @param whenDeleted when the StatefulSet is deleted
 * @param whenScaled when a replica is scaled away
 */
public record Retention(Reclaim whenDeleted, Reclaim whenScaled) {

    /** Return the default: nothing deletes data but a person. */
    public static Retention keepAll() {
        return new Retention(Reclaim.RETAIN, Reclaim.RETAIN);
    }
}
