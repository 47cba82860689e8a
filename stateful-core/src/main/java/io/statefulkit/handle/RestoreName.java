package io.statefulkit.handle;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a database that a dump is restored into: it says when, so that one that nobody cares for any more is known. */
final class RestoreName {

    private static final String PREFIX = "statefulkit_restore_";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})");
    /** Between its steps a restore is not connected for some moments. */
    private static final Duration IN_USE = Duration.ofMinutes(10);

    private RestoreName() {}

    static String at(Instant time) {
        return PREFIX + time.toEpochMilli();
    }

    /** Returns whether a database that nobody is connected to is what an interrupted restore has left. */
    static boolean abandoned(String database, Instant now) {
        Matcher name = NAME.matcher(database);
        return name.matches()
                && Instant.ofEpochMilli(Long.parseLong(name.group(1)))
                        .plus(IN_USE)
                        .isBefore(now);
    }
}
