package io.statefulkit.spec.pod;

/** How far apart the pods of one workload run. */
public enum Spread {
    /** Wherever the scheduler puts them. The default. */
    ANYWHERE,
    /** On different nodes if possible. */
    PREFER_NODES,
    /** On different nodes, or not at all. */
    REQUIRE_NODES,
    /** In different zones and on different nodes if possible. */
    PREFER_ZONES
}
