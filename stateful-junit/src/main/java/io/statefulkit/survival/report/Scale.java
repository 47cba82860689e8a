package io.statefulkit.survival.report;

import java.util.Locale;

/**
 * From the time of a run to the width of a picture.
 *
 * @param length nanoseconds from the start of the run to its end
 */
record Scale(long length) {

    private static final int LEFT = 60;
    private static final int RIGHT = 1190;

    double x(long nanos) {
        return LEFT + (RIGHT - LEFT) * (double) Math.min(nanos, length) / Math.max(1, length);
    }

    static String text(double coordinate) {
        return String.format(Locale.ROOT, "%.1f", coordinate);
    }
}
