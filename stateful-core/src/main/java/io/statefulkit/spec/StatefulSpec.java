package io.statefulkit.spec;

/** A stateful workload, described. All implementations are immutable values. */
public sealed interface StatefulSpec permits StatefulPostgres, StatefulMySql, StatefulRedis, StatefulWorkload {

    /** Return the workload's name. */
    String name();

    /** Return what every workload has. */
    Settings settings();
}
