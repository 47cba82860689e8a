package io.statefulkit.samples.benchmarks;

import java.util.Locale;

/**
 * One result of a benchmark.
 *
 * @param what what was measured
 * @param measured the value of this project, as text with its unit
 * @param reference the value of the reference, measured in the same run, as text with its unit and name
 * @param judged the number that the limit is about: a ratio, or the measured value where there is no reference
 * @param limit what {@code judged} should be
 */
record Figure(String what, String measured, String reference, double judged, Limit limit) {

    /** Returns whether the limit is kept. */
    boolean kept() {
        return limit.isKeptBy(judged);
    }

    /** Returns a row of a Markdown table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.2f | %s | %s |",
                what,
                measured,
                reference,
                judged,
                limit,
                kept() ? "yes" : "**no**");
    }

    /** Returns the head of the table. */
    static String head() {
        return "| what | measured | reference | judged | limit | kept |\n|---|---|---|---|---|---|";
    }
}
