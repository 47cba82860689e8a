package io.statefulkit.survival.testing;

import io.statefulkit.survival.disruption.Happening;
import io.statefulkit.survival.disruption.observation.ClaimState;
import io.statefulkit.survival.disruption.observation.Evidence;
import io.statefulkit.survival.disruption.observation.Observation;
import io.statefulkit.survival.disruption.observation.PodState;
import io.statefulkit.survival.disruption.observation.Proof;
import io.statefulkit.survival.disruption.observation.Sighting;
import io.statefulkit.survival.disruption.observation.Snapshot;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is seen of a workload {@code orders} in tests. */
public final class Scenes {

    private Scenes() {}

    /** A ready pod {@code orders-<ordinal>}. */
    public static PodState pod(int ordinal, String uid) {
        return new PodState(
                "orders-" + ordinal, uid, "containerd://of-" + uid, 0, OptionalInt.empty(), "rev-1", true, false);
    }

    /** The same pod with its container started again. */
    public static PodState restarted(PodState pod, int exitCode) {
        return new PodState(
                pod.name(),
                pod.uid(),
                pod.containerId() + "'",
                pod.restarts() + 1,
                OptionalInt.of(exitCode),
                pod.revision(),
                true,
                false);
    }

    /** The same pod, on its way out, its container ended. */
    public static PodState ended(PodState pod, int exitCode) {
        return new PodState(
                pod.name(), pod.uid(), "", pod.restarts(), OptionalInt.of(exitCode), pod.revision(), false, true);
    }

    /** The same pod of another revision. */
    public static PodState inRevision(String revision, PodState pod) {
        return new PodState(
                pod.name(),
                pod.uid(),
                pod.containerId(),
                pod.restarts(),
                pod.exitCode(),
                revision,
                pod.isReady(),
                pod.isTerminating());
    }

    /** A workload with these pods, all of them wanted, each with a claim. */
    public static Snapshot workload(String revision, PodState... pods) {
        SortedMap<String, PodState> byName = new TreeMap<>();
        SortedMap<String, ClaimState> claims = new TreeMap<>();
        claims.put("data-orders-0", new ClaimState("claim-0", "pv-0", "pv-uid-0"));
        Arrays.stream(pods).forEach(pod -> byName.put(pod.name(), pod));
        return new Snapshot("set", pods.length, revision, true, byName, claims);
    }

    /** The same workload with another claim. */
    public static Snapshot withClaim(Snapshot snapshot, ClaimState claim) {
        return new Snapshot(
                snapshot.uid(),
                snapshot.replicas(),
                snapshot.revision(),
                snapshot.isRolledOut(),
                snapshot.pods(),
                new TreeMap<>(java.util.Map.of("data-orders-0", claim)));
    }

    public static Sighting changed(PodState pod) {
        return new Sighting(0, false, pod);
    }

    public static Sighting deleted(PodState pod) {
        return new Sighting(0, true, pod);
    }

    public static Observation observation(Snapshot before, Snapshot after, Sighting... trail) {
        return new Observation(before, after, List.of(trail));
    }

    /** Pod 0 was deleted and replaced, as it should be. */
    public static Happening deletion(String name) {
        PodState old = pod(0, "aaaaaaaa-1111");
        Observation seen = observation(
                workload("rev-1", old),
                workload("rev-1", pod(0, "bbbbbbbb-2222")),
                changed(ended(old, 0)),
                deleted(ended(old, 0)));
        return new Happening(
                name,
                List.of(new Evidence("uid", "a", "b", true)),
                true,
                true,
                Set.of(new Proof(Proof.Death.GRACEFUL, Proof.Reach.POD)),
                seen);
    }
}
