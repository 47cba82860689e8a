package io.statefulkit.survival.history;

import java.util.Optional;

/**
 * The time of one disruption.
 *
 * @param disruption which
 * @param injected just before it acted
 * @param recovered when the workload was as it should be again; after every other moment if it never was
 * @param cut the older state of the data that it brought back, if it did
 */
public record Step(String disruption, Moment injected, Moment recovered, Optional<Cut> cut) {

    /** One that brought back nothing. */
    public Step(String disruption, Moment injected, Moment recovered) {
        this(disruption, injected, recovered, Optional.empty());
    }

    /** Whether the workload recovered. */
    public boolean isRecovered() {
        return recovered.index() != Moment.NEVER.index();
    }
}
