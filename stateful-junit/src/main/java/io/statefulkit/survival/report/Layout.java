package io.statefulkit.survival.report;

/**
 * Where in the picture of a run each part of it is, from top to bottom: names of disruptions, pods, rows by time, their latency, the time.
 *
 * @param lanes how many pods there are
 */
record Layout(int lanes) {

    static final int LANE = 26;
    static final int PLOT = 150;
    static final int LATENCY = 110;
    private static final int NAMES = 52;
    private static final int GAP = 34;
    private static final int AXIS = 34;

    /** The top of the bands of disruptions. */
    int top() {
        return NAMES - 14;
    }

    int lane(int index) {
        return NAMES + index * LANE;
    }

    /** The zero of the rows. */
    int base() {
        return NAMES + lanes * LANE + GAP + PLOT;
    }

    /** The shortest latency. */
    int latencyBase() {
        return base() + GAP + LATENCY;
    }

    int height() {
        return latencyBase() + AXIS;
    }
}
