package io.statefulkit.survival.disruption.observation;

import io.statefulkit.deploy.WorkloadRef;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A StatefulSet or a Deployment, its pods and its claims at one time.
 *
 * @param kind which of the two
 * @param uid the identity of the object that runs the pods
 * @param replicas how many pods it shall have
 * @param revision the revision its newest pods are made from
 * @param isRolledOut whether its controller has seen its newest generation, and all its pods are of the newest revision
 * @param pods its pods by name, those being deleted included
 * @param claims the claims of its pods by name
 */
public record Snapshot(
        WorkloadRef.Kind kind,
        String uid,
        int replicas,
        String revision,
        boolean isRolledOut,
        SortedMap<String, PodState> pods,
        SortedMap<String, ClaimState> claims) {

    /** Copies the maps. */
    public Snapshot {
        pods = copy(pods);
        claims = copy(claims);
    }

    /** One of a StatefulSet. */
    public Snapshot(
            String uid,
            int replicas,
            String revision,
            boolean isRolledOut,
            SortedMap<String, PodState> pods,
            SortedMap<String, ClaimState> claims) {
        this(WorkloadRef.Kind.STATEFUL_SET, uid, replicas, revision, isRolledOut, pods, claims);
    }

    /** Whether a pod that takes the place of another has its name. */
    public boolean hasStableNames() {
        return kind == WorkloadRef.Kind.STATEFUL_SET;
    }

    private static <V> SortedMap<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /** Whether the workload is as it shall be: every pod there, of the newest revision, ready, and none on its way out. */
    public boolean isSettled() {
        return isRolledOut
                && pods.size() == replicas
                && pods.values().stream().allMatch(pod -> pod.isReady() && !pod.isTerminating());
    }

    /**
     * The pod with this ordinal; of a Deployment, the one at this place among those that are not being deleted, by name.
     *
     * @throws IllegalStateException when there is none
     */
    public PodState require(int ordinal) {
        return (hasStableNames()
                        ? pods.values().stream().filter(pod -> pod.name().endsWith("-" + ordinal))
                        : pods.values().stream()
                                .filter(pod -> !pod.isTerminating())
                                .skip(ordinal))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no pod " + ordinal + ": " + describe()));
    }

    /** The number by which {@link #require} finds this pod. */
    public int ordinalOf(PodState pod) {
        return hasStableNames()
                ? Integer.parseInt(pod.name().substring(pod.name().lastIndexOf('-') + 1))
                : pods.values().stream()
                        .filter(each -> !each.isTerminating())
                        .toList()
                        .indexOf(pod);
    }

    /** What it looks like in one line. */
    public String describe() {
        StringBuilder text = new StringBuilder(replicas + " replicas wanted");
        if (!isRolledOut) {
            text.append(", roll-out to ").append(revision).append(" not finished");
        }
        pods.values()
                .forEach(pod -> text.append(", ")
                        .append(pod.name())
                        .append(pod.isTerminating() ? " terminating" : pod.isReady() ? " ready" : " not ready"));
        return pods.isEmpty() ? text.append(", no pod").toString() : text.toString();
    }
}
