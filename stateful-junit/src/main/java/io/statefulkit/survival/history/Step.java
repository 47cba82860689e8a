package io.statefulkit.survival.history;

/**
 * The time of one disruption.
 *
 * @param disruption which
 * @param injected just before it acted
 * @param recovered when the workload was as it should be again; after every other moment if it never was
 */
public record Step(String disruption, Moment injected, Moment recovered) {

    /** Whether the workload recovered. */
    public boolean isRecovered() {
        return recovered.index() != Moment.NEVER.index();
    }
}
