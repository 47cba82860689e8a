package io.statefulkit.junit;

import io.statefulkit.survival.disruption.Disruption;
import io.statefulkit.survival.disruption.Disruptions;

/** The disruptions that {@link DisruptionTest} can name. */
public enum Disrupt {
    /** {@link Disruptions#deletePod()}. */
    DELETE_POD,
    /** {@link Disruptions#forceDeletePod()}. */
    FORCE_DELETE_POD,
    /** {@link Disruptions#evictPod()}. */
    EVICT_POD,
    /** {@link Disruptions#crashProcess()}. */
    CRASH_PROCESS,
    /** {@link Disruptions#rolloutRestart()}. */
    ROLLOUT_RESTART,
    /** {@link Disruptions#scale} to nothing and to one pod. */
    SCALE_TO_ZERO,
    /** {@link Disruptions#recreateWorkload()}. */
    RECREATE_WORKLOAD,
    /** {@link Disruptions#crashDuringRecovery()}. */
    CRASH_DURING_RECOVERY,
    /** {@link Disruptions#hibernateAndWake()}. */
    HIBERNATE_AND_WAKE,
    /** {@link Disruptions#fillVolume()}. */
    FILL_VOLUME,
    /** {@link Disruptions#drainNode()}. */
    DRAIN_NODE,
    /** {@link Disruptions#crashNode()}. */
    CRASH_NODE;

    /** Whether it concerns a whole node, and so workloads of other tests as well. */
    boolean isOfNode() {
        return this == DRAIN_NODE || this == CRASH_NODE;
    }

    /** What it does. */
    public Disruption disruption() {
        return switch (this) {
            case DELETE_POD -> Disruptions.deletePod();
            case FORCE_DELETE_POD -> Disruptions.forceDeletePod();
            case EVICT_POD -> Disruptions.evictPod();
            case CRASH_PROCESS -> Disruptions.crashProcess();
            case ROLLOUT_RESTART -> Disruptions.rolloutRestart();
            case SCALE_TO_ZERO -> Disruptions.scale(0, 1);
            case RECREATE_WORKLOAD -> Disruptions.recreateWorkload();
            case CRASH_DURING_RECOVERY -> Disruptions.crashDuringRecovery();
            case HIBERNATE_AND_WAKE -> Disruptions.hibernateAndWake();
            case FILL_VOLUME -> Disruptions.fillVolume();
            case DRAIN_NODE -> Disruptions.drainNode();
            case CRASH_NODE -> Disruptions.crashNode();
        };
    }
}
