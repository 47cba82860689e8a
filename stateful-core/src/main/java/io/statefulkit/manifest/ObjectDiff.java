package io.statefulkit.manifest;

import java.util.Locale;

/**
 * What would become of one object.
 *
 * @param object kind and name, as in {@code StatefulSet/orders}
 * @param change what would happen to it
 * @param text a unified diff of the object's YAML, the reason of a refusal, or nothing. Values of Secrets are not in it
 */
public record ObjectDiff(String object, Change change, String text) {

    /** What happens to an object that is applied. */
    public enum Change {
        /** It is not there yet. */
        CREATED,
        /** It is there and differs. */
        CHANGED,
        /** It is there, as planned. */
        UNCHANGED,
        /** The cluster would not take it. */
        REFUSED
    }

    /** Return a line that names the object, and the diff. */
    @Override
    public String toString() {
        return "%-9s %s\n%s".formatted(change.name().toLowerCase(Locale.ROOT), object, text);
    }
}
