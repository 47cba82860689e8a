package io.statefulkit.handle.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.ready.Outcome;
import io.statefulkit.deploy.ready.Readiness;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.deploy.watch.Workload;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.deploy.watch.WorkloadWatch;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.internal.NotApi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** What can be done to the pods of a workload. */
@NotApi
public final class PodOperations {

    public static final String MANAGER = "statefulkit-handle";

    private final Place place;

    public PodOperations(Place place) {
        this.place = place;
    }

    public void awaitReady() {
        try (WorkloadWatch watch = place.watch()) {
            long generation = watch.state().workload().map(Workload::generation).orElse(0L);
            place.waiting().until(watch, "ready", Outcome.ready(generation));
        }
    }

    public PodReplacement delete(int ordinal) {
        return replace(ordinal, this::deleteThis);
    }

    public PodReplacement evict(int ordinal) {
        return replace(ordinal, new Evicting(place)::evict);
    }

    void deleteThis(Pod pod) {
        place.delete("pods", pod);
    }

    private PodReplacement replace(int ordinal, java.util.function.Consumer<Pod> remove) {
        WorkloadWatch watch = place.watch();
        try {
            Pod old = pod(watch.state(), ordinal);
            Map<String, String> before = uids(watch.state());
            long start = System.nanoTime();
            remove.accept(old);
            AtomicLong ready = new AtomicLong();
            return new PodReplacement(Pending.of(
                    place,
                    watch,
                    "ready again after its pod " + Pods.name(old) + " was removed",
                    state -> replaced(state, old, before, start, ready)));
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    Outcome<Replacement> replaced(
            WorkloadState state, Pod old, Map<String, String> before, long start, AtomicLong ready) {
        Optional<Pod> successor = successor(state, old, before);
        if (successor.isPresent()) {
            ready.compareAndSet(0, System.nanoTime());
        } else {
            // A successor that was ready for a moment and went again does not count.
            ready.set(0);
        }
        if (state.hasPod(Pods.uid(old))) {
            return new Outcome.Missing<>("pod " + Pods.name(old) + " (uid " + Pods.uid(old) + ") is still there");
        }
        return successor
                .<Outcome<Replacement>>map(pod -> new Outcome.Reached<>(new Replacement(
                        Pods.name(old),
                        Pods.uid(old),
                        Pods.name(pod),
                        Pods.uid(pod),
                        Duration.ofNanos(ready.get() - start))))
                .orElseGet(() -> new Outcome.Missing<>("the pod that replaces " + Pods.name(old) + " is not ready"
                        + Readiness.missing(state, 0)
                                .map(missing -> ": " + missing)
                                .orElse("")));
    }

    /** A Deployment may have several new pods, and some of them may have ended before one was ready. */
    private Optional<Pod> successor(WorkloadState state, Pod old, Map<String, String> before) {
        return state.livePods().stream()
                .filter(Pods::ready)
                .filter(pod -> !before.containsValue(Pods.uid(pod)))
                .filter(pod -> place.ref().kind() == WorkloadRef.Kind.DEPLOYMENT
                        || Pods.name(pod).equals(Pods.name(old)))
                .findFirst();
    }

    /** Returns the pod of an ordinal; of a Deployment, the one at that place by name of those that have not ended. */
    Pod pod(WorkloadState state, int ordinal) {
        List<Pod> live = state.livePods().stream()
                .filter(pod -> place.ref().kind() == WorkloadRef.Kind.STATEFUL_SET || !Pods.ended(pod))
                .toList();
        Optional<Pod> found = place.ref().kind() == WorkloadRef.Kind.STATEFUL_SET
                ? named(state, ordinal).or(() -> ordinal == 0 ? first(state) : Optional.empty())
                : live.stream().skip(ordinal).findFirst();
        return found.orElseThrow(() -> new IllegalArgumentException("expected a pod " + ordinal + " of " + place.ref()
                + ", but there is "
                + (live.isEmpty()
                        ? "none"
                        : "only " + live.stream().map(Pods::name).collect(Collectors.joining(", ")))));
    }

    private Optional<Pod> first(WorkloadState state) {
        return named(state, LiveWorkload.firstOrdinal(new LiveWorkload(place).object()));
    }

    private Optional<Pod> named(WorkloadState state, int ordinal) {
        return state.livePod(place.name() + "-" + ordinal);
    }

    static Map<String, String> uids(WorkloadState state) {
        return state.pods().stream().collect(Collectors.toMap(Pods::name, Pods::uid, (one, other) -> other));
    }
}
