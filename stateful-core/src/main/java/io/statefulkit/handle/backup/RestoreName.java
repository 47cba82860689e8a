package io.statefulkit.handle.backup;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a database that a dump is restored into, and of the one that it takes the place of: they say when, so that one
 * that nobody cares for any more is known.
 */
final class RestoreName {

    private static final String PREFIX = "statefulkit_restore_";

    /** What is appended has 18 bytes; a name has up to 63 bytes in PostgreSQL, which cuts off the rest, and 64 characters in MySQL. */
    private static final int LONGEST = 40;

    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})");

    /** Between its steps a restore is not connected for some moments. */
    private static final Duration IN_USE = Duration.ofMinutes(10);

    private RestoreName() {}

    static String at(Instant time) {
        return PREFIX + time.toEpochMilli();
    }

    /** Returns the name of a database that another one takes the place of. */
    static String old(String database, Instant time) {
        return shortened(database) + "_old_" + time.toEpochMilli();
    }

    private static String shortened(String name) {
        int end = name.length();
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end);
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
