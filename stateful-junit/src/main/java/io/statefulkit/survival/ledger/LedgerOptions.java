package io.statefulkit.survival.ledger;

import java.time.Duration;

/**
 * How a ledger writes.
 *
 * @param connections how many writers there are, each with a connection of its own
 * @param rate how many rows all of them together write in a second while the database answers
 * @param minPayload the fewest characters of a row's content
 * @param maxPayload the most characters of a row's content
 * @param deletes the share of operations that delete an acknowledged row instead of writing a new one, from 0 to below 1
 * @param timeout after what time an operation that hangs is given up
 * @param seed decides content and order of operations
 */
public record LedgerOptions(
        int connections, double rate, int minPayload, int maxPayload, double deletes, Duration timeout, long seed) {

    /** Checks the ranges. */
    public LedgerOptions {
        check(connections >= 1 && connections <= 1000, "connections", "1 to 1000", connections);
        check(rate > 0 && rate <= 100_000, "rate", "above 0, at most 100000", rate);
        check(
                minPayload >= 1 && maxPayload >= minPayload,
                "payload",
                "1 <= min <= max",
                minPayload + ".." + maxPayload);
        check(deletes >= 0 && deletes < 1, "deletes", "0 to below 1", deletes);
        check(!timeout.isNegative() && !timeout.isZero(), "timeout", "a positive time", timeout);
    }

    private static void check(boolean good, String name, String expected, Object value) {
        if (!good) {
            throw new IllegalArgumentException(name + " must be " + expected + ", was " + value);
        }
    }

    /** 8 connections, 100 rows a second of 64 to 16384 characters, no deletes, 5 seconds for one operation. */
    public static LedgerOptions defaults(long seed) {
        return new LedgerOptions(8, 100, 64, 16_384, 0, Duration.ofSeconds(5), seed);
    }
}
