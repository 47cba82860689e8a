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
    RECREATE_WORKLOAD;

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
        };
    }
}
