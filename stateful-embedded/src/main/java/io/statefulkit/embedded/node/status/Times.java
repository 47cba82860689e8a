package io.statefulkit.embedded.node.status;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes times as Kubernetes does. */
public final class Times {

    private Times() {}

    /** Returns a time to the second. */
    public static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Returns a duration as Go writes it, such as {@code 1m20s}. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds == 0 && !duration.isZero()) {
            return duration.toMillis() + "ms";
        }
        StringBuilder text = new StringBuilder();
        if (seconds >= 3600) {
            text.append(seconds / 3600).append('h');
        }
        if (seconds >= 60) {
            text.append(seconds % 3600 / 60).append('m');
        }
        return text.append(seconds % 60).append('s').toString();
    }
}
