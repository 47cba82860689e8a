package io.statefulkit.samples.benchmarks;

/** What a figure should be at most, or at least. */
record Limit(boolean upper, double value) {

    /** Returns an upper limit. */
    static Limit atMost(double value) {
        return new Limit(true, value);
    }

    /** Returns a lower limit. */
    static Limit atLeast(double value) {
        return new Limit(false, value);
    }

    /** Returns whether a number keeps this limit. */
    boolean isKeptBy(double number) {
        return upper ? number <= value : number >= value;
    }

    @Override
    public String toString() {
        return (upper ? "≤ " : "≥ ") + value;
    }
}
