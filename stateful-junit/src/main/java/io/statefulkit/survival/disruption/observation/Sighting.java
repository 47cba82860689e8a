package io.statefulkit.survival.disruption.observation;

/**
 * A change of a pod that the cluster reported.
 *
 * @param nanos when it arrived here, by {@link System#nanoTime()}
 * @param isDeleted whether it is the last one of this pod
 * @param pod the pod after the change
 */
public record Sighting(long nanos, boolean isDeleted, PodState pod) {}
