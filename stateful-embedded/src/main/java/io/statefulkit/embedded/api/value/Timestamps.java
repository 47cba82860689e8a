package io.statefulkit.embedded.api.value;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the API writes them: RFC 3339 in UTC with a precision of seconds. */
public final class Timestamps {

    private Timestamps() {}

    /** Returns the time now. */
    public static String now(Clock clock) {
        return format(clock.instant());
    }

    /** Writes a time. */
    public static String format(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
