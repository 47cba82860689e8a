package io.statefulkit.survival.disruption;

import java.util.Arrays;
import java.util.List;

/** The disruptions there are. */
public final class Disruptions {

    private Disruptions() {}

    /** Deletes pod 0 as {@code kubectl delete pod} does: the server is asked to stop and gets the pod's grace period. */
    public static Disruption deletePod() {
        return deletePod(0);
    }

    /** Deletes the pod with this ordinal as {@code kubectl delete pod} does. */
    public static Disruption deletePod(int ordinal) {
        return new DeletePod(ordinal, DeletePod.Way.DELETE);
    }

    /**
     * Deletes pod 0 with a grace period of 0, as {@code kubectl delete pod --force} does. The name is free at once, so that the old
     * server may still run when the new one starts. It is no SIGKILL: the old server is still asked to stop first.
     */
    public static Disruption forceDeletePod() {
        return forceDeletePod(0);
    }

    /** Deletes the pod with this ordinal with a grace period of 0. */
    public static Disruption forceDeletePod(int ordinal) {
        return new DeletePod(ordinal, DeletePod.Way.FORCE);
    }

    /**
     * Evicts pod 0 as {@code kubectl drain} does: by a request that disruption budgets can refuse. While one does, it is asked again, until
     * the patience of the run ends.
     */
    public static Disruption evictPod() {
        return evictPod(0);
    }

    /** Evicts the pod with this ordinal as {@code kubectl drain} does. */
    public static Disruption evictPod(int ordinal) {
        return new DeletePod(ordinal, DeletePod.Way.EVICT);
    }

    /**
     * Deletes the StatefulSet with its pods, waits until they are gone, and creates it again. Its claims stay, unless its retention policy
     * says otherwise; then this shows it.
     */
    public static Disruption recreateWorkload() {
        return new RecreateWorkload();
    }

    /**
     * Deletes the StatefulSet without its pods and creates it again, as for a change of what cannot be changed. The pods run on: it shows
     * that they are adopted, and proves nothing about data.
     */
    public static Disruption orphanAndAdopt() {
        return new OrphanAndAdopt();
    }

    /** Kills the main process of pod 0 with SIGKILL: the pod stays, its container is started again. */
    public static Disruption crashProcess() {
        return crashProcess(0);
    }

    /** Kills the main process of the pod with this ordinal with SIGKILL. */
    public static Disruption crashProcess(int ordinal) {
        return new CrashProcess(ordinal);
    }

    /** Replaces every pod as {@code kubectl rollout restart} does. */
    public static Disruption rolloutRestart() {
        return new RolloutRestart();
    }

    /**
     * Asks for these numbers of pods one after another, and waits for each, such as {@code scale(1, 0, 1)}.
     *
     * @throws IllegalArgumentException when there is no number, or a negative one
     */
    public static Disruption scale(int... replicas) {
        return new Scale(Arrays.stream(replicas).boxed().toList());
    }

    /** The four things that happen to every workload sooner or later: a deleted pod, a crash, a roll-out, a scale down to nothing and up. */
    public static List<Disruption> everyday() {
        return List.of(deletePod(), crashProcess(), rolloutRestart(), scale(1, 0, 1));
    }
}
