package io.statefulkit.survival.disruption;

import java.util.List;

/** Something that happens to the pods of a workload. Implementations are immutable; users may write their own. */
public interface Disruption {

    /** What it is called in reports, such as {@code deletePod(0)}. */
    String name();

    /**
     * Does it. Returns as soon as it is on its way; that it happened is for {@link #evidence} to say. A disruption of several steps
     * waits in between.
     *
     * @param workload the workload to do it to
     * @param before what it looked like a moment ago
     */
    void inject(Workload workload, Snapshot before);

    /**
     * What shows that it happened, and that the workload came back as it must. It is asked again until everything is met or time is up.
     *
     * @param seen what was seen until now
     * @return never empty: a disruption without evidence proves nothing
     */
    List<Evidence> evidence(Observation seen);

    /**
     * Whether the server ends and another one answers afterwards; true unless an implementation says otherwise. One that leaves the server
     * running puts no data at risk: a run of such disruptions alone proves nothing, and is inconclusive.
     */
    default boolean restartsServers() {
        return true;
    }
}
