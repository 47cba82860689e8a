package io.statefulkit.survival.disruption.observation;

/**
 * One observation about a disruption.
 *
 * @param what what was looked at, such as {@code uid of pod orders-0}
 * @param before its value before the disruption
 * @param after its value after the disruption
 * @param met whether it is as it must be when the disruption happened and the workload recovered
 */
public record Evidence(String what, String before, String after, boolean met) {

    /** That a value has changed. */
    public static Evidence changed(String what, Object before, Object after) {
        return new Evidence(what, before.toString(), after.toString(), !before.equals(after));
    }

    /** That a value is the same as before. */
    public static Evidence same(String what, Object before, Object after) {
        return new Evidence(what, before.toString(), after.toString(), before.equals(after));
    }

    @Override
    public String toString() {
        return what + ": " + (before.equals(after) ? before : before + " -> " + after)
                + (met ? "" : "  (NOT AS EXPECTED)");
    }
}
