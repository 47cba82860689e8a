package io.statefulkit.handle;

import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.pod.EvictionRefusedException;
import io.statefulkit.handle.pod.Hibernation;
import io.statefulkit.handle.pod.PodOperations;
import io.statefulkit.handle.pod.PodReplacement;
import io.statefulkit.handle.pod.Rollout;
import io.statefulkit.handle.pod.Rollouts;
import io.statefulkit.handle.pod.ScaleRules;

/** What can be done to the pods of a workload, whatever it is: a part of each {@link Handle}. */
public sealed interface HandlePods permits Handle {

    /** Returns where the workload is. */
    Place place();

    /**
     * Deletes a pod, as {@code kubectl delete pod} does: gracefully, and only this very pod.
     *
     * @throws IllegalArgumentException when there is no such pod
     */
    @CheckReturnValue
    default PodReplacement deletePod(int ordinal) {
        return new PodOperations(place()).delete(ordinal);
    }

    /**
     * Replaces all pods one after another, as {@code kubectl rollout restart} does; those that a partition leaves alone stay.
     *
     * @throws IllegalStateException when the workload has the update strategy {@code OnDelete}
     */
    @CheckReturnValue
    default Rollout rolloutRestart() {
        return new Rollouts(place()).restart();
    }

    /**
     * Evicts a pod, as a drain of its node does: a disruption budget may refuse.
     *
     * @throws EvictionRefusedException when a budget allows no disruption now
     * @throws IllegalArgumentException when there is no such pod
     */
    @CheckReturnValue
    default PodReplacement evictPod(int ordinal) {
        return new PodOperations(place()).evict(ordinal);
    }

    /**
     * Gets a rollout going again that a broken revision has stopped: deletes the pods that are neither ready nor of the
     * newest revision. To be called after the change that broke them was taken back; that alone does not replace them.
     */
    @CheckReturnValue
    default Rollout repairRollout() {
        return new Rollouts(place()).repair();
    }

    /** Stops the workload and its schedules; how many pods it had is remembered until {@link #wake()}. */
    @CheckReturnValue
    default Rollout hibernate() {
        return new Hibernation(place()).hibernate();
    }

    /**
     * Starts the workload again with as many pods as before {@link #hibernate()}, and its schedules.
     *
     * @throws IllegalStateException when it does not hibernate, or when a restore has stopped it
     */
    @CheckReturnValue
    default Rollout wake() {
        return new Hibernation(place()).wake();
    }

    /**
     * Changes the number of pods; 0 stops the workload and keeps its volumes. Fewer pods leave their claims behind, whose data
     * more pods find again later, as old as it is then.
     *
     * @throws io.statefulkit.lint.SpecInvalidException when there would be more pods than now which would share a claim (rule
     *     ST01), or which would be unrelated servers although nobody has said so with {@code independentReplicas()} (ID08)
     */
    @CheckReturnValue
    default Rollout scale(int replicas) {
        if (replicas > 0) {
            new Hibernation(place()).refuseWhileRestoring();
            new ScaleRules(place()).check(replicas);
        }
        return new Rollouts(place()).scale(replicas);
    }
}
