package io.statefulkit.embedded.api.read;

import io.statefulkit.embedded.api.Failures;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads resourceVersion parameters. A list that names none is a bad request; a watch or a read runs into storage with it. */
public final class Revisions {

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final int BITS = 64;

    private Revisions() {}

    /** Returns the revision that a list names; an empty text is 0. */
    static long ofList(String text) {
        problem(text).ifPresent(problem -> {
            throw Failures.badRequest("invalid resource version: " + problem);
        });
        return value(text);
    }

    /** Returns the revision that a watch or the read of one object names; an empty text is 0. */
    public static long of(String text) {
        problem(text).ifPresent(problem -> {
            throw Failures.plain(500, problem);
        });
        return value(text);
    }

    /** Refuses a revision that is yet to come: whoever knows it has it of another cluster, and there is nothing to wait for. */
    public static void requireReached(long wanted, long current) {
        if (wanted > current) {
            throw Failures.tooLargeRevision(wanted, current);
        }
    }

    private static Optional<String> problem(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        boolean number = DIGITS.matcher(text).matches();
        if (number && new BigInteger(text).bitLength() <= BITS) {
            return Optional.empty();
        }
        return Optional.of("resourceVersion: Invalid value: \"" + text + "\": strconv.ParseUint: parsing \"" + text
                + "\": " + (number ? "value out of range" : "invalid syntax"));
    }

    private static long value(String text) {
        return text.isEmpty()
                ? 0
                : new BigInteger(text).min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
    }
}
