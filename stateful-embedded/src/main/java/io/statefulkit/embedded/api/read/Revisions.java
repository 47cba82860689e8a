package io.statefulkit.embedded.api.read;

import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Failures;

/** Reads resourceVersion parameters. */
final class Revisions {

    private Revisions() {}

    /** Returns the revision; an empty text is 0. */
    static long parse(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            long revision = Long.parseLong(text);
            if (revision >= 0) {
                return revision;
            }
        } catch (NumberFormatException e) {
            throw invalid(text);
        }
        throw invalid(text);
    }

    private static Failure invalid(String text) {
        return Failures.badRequest(
                "Invalid value: \"" + text + "\": strconv.ParseUint: parsing \"" + text + "\": invalid syntax");
    }
}
