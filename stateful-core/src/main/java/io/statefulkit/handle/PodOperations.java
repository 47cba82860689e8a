package io.statefulkit.handle;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PreconditionsBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.deploy.Outcome;
import io.statefulkit.deploy.Pods;
import io.statefulkit.deploy.Readiness;
import io.statefulkit.deploy.Workload;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.WorkloadState;
import io.statefulkit.deploy.WorkloadWatch;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be done to the pods of a workload. */
final class PodOperations {

    private static final String MANAGER = "statefulkit-handle";
    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

    private final Place place;

    PodOperations(Place place) {
        this.place = place;
    }

    void awaitReady() {
        try (WorkloadWatch watch = place.watch()) {
            long generation = watch.state().workload().map(Workload::generation).orElse(0L);
            place.waiting().until(watch, "ready", Outcome.ready(generation));
        }
    }

    PodReplacement delete(int ordinal) {
        return replace(ordinal, pod -> {
            DeleteOptions options = new DeleteOptionsBuilder()
                    .withPreconditions(
                            new PreconditionsBuilder().withUid(Pods.uid(pod)).build())
                    .build();
            place.client().raw(podPath(pod), "DELETE", options);
        });
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

    private Outcome<Replacement> replaced(
            WorkloadState state, Pod old, Map<String, String> before, long start, AtomicLong ready) {
        Optional<Pod> successor = successor(state, old, before).filter(Pods::ready);
        if (successor.isPresent()) {
            ready.compareAndSet(0, System.nanoTime());
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

    private Optional<Pod> successor(WorkloadState state, Pod old, Map<String, String> before) {
        return state.livePods().stream()
                .filter(pod -> !before.containsValue(Pods.uid(pod)))
                .filter(pod -> place.ref().kind() == WorkloadRef.Kind.DEPLOYMENT
                        || Pods.name(pod).equals(Pods.name(old)))
                .findFirst();
    }

    /**
     * Replaces all pods.
     *
     * @throws IllegalStateException when pods are only updated by hand
     */
    Rollout restart() {
        String now = OffsetDateTime.now(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MICROS)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        String patch =
                "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"" + RESTARTED_AT + "\":\"" + now + "\"}}}}}";
        return change(patch, PatchType.STRATEGIC_MERGE, "ready after its restart", before -> state -> {
            int partition = state.workload()
                    .map(workload -> workload.rollout().partition())
                    .orElse(0);
            return state.livePods().stream()
                    .filter(pod -> Pods.ordinal(pod).orElse(partition) >= partition)
                    .filter(pod -> before.containsValue(Pods.uid(pod)))
                    .map(pod -> "pod " + Pods.name(pod) + " has not been replaced yet")
                    .findFirst();
        });
    }

    /** Changes the number of pods. */
    Rollout scale(int replicas) {
        if (replicas < 0) {
            throw new IllegalArgumentException("replicas has to be 0 or more, not " + replicas);
        }
        String patch = "{\"spec\":{\"replicas\":" + replicas + "}}";
        return change(
                patch,
                PatchType.JSON_MERGE,
                "ready with " + replicas + " pods",
                before -> state -> state.workload()
                                .filter(workload -> workload.counts().wanted() == replicas)
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of("somebody else has changed the number of replicas to "
                                + state.workload()
                                        .map(workload -> workload.counts().wanted())
                                        .orElse(0)));
    }

    private Rollout change(
            String patch,
            PatchType type,
            String goal,
            Function<Map<String, String>, Function<WorkloadState, Optional<String>>> alsoMissing) {
        WorkloadWatch watch = place.watch();
        try {
            WorkloadState state = watch.state();
            refuseByHand(state, type);
            Map<String, String> before = uids(state);
            long start = System.nanoTime();
            long generation = patch(patch, type).getMetadata().getGeneration();
            Function<WorkloadState, Optional<String>> more = alsoMissing.apply(before);
            return new Rollout(Pending.of(
                    place,
                    watch,
                    goal,
                    now -> Readiness.missing(now, generation)
                            .or(() -> more.apply(now))
                            .<Outcome<RolloutResult>>map(Outcome.Missing::new)
                            .orElseGet(() -> new Outcome.Reached<>(result(now, before, start)))));
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    private void refuseByHand(WorkloadState state, PatchType type) {
        boolean byHand =
                state.workload().map(workload -> workload.rollout().byHand()).orElse(false);
        if (byHand && type == PatchType.STRATEGIC_MERGE) {
            throw new IllegalStateException(place.ref() + " has the update strategy OnDelete, so a restart would change"
                    + " nothing: delete its pods one after another instead");
        }
    }

    private static RolloutResult result(WorkloadState state, Map<String, String> before, long start) {
        String revision = state.workload()
                .map(Workload::rollout)
                .map(Workload.Rollout::updateRevision)
                .orElse("");
        return new RolloutResult(revision, before, uids(state), Duration.ofNanos(System.nanoTime() - start));
    }

    private HasMetadata patch(String patch, PatchType type) {
        PatchContext context = new PatchContext.Builder()
                .withPatchType(type)
                .withFieldManager(MANAGER)
                .build();
        var apps = place.client().apps();
        return place.ref().kind() == WorkloadRef.Kind.STATEFUL_SET
                ? apps.statefulSets()
                        .inNamespace(place.namespace())
                        .withName(place.name())
                        .patch(context, patch)
                : apps.deployments()
                        .inNamespace(place.namespace())
                        .withName(place.name())
                        .patch(context, patch);
    }

    /** Returns the pod of an ordinal; of a Deployment, the one at that place by name. */
    Pod pod(WorkloadState state, int ordinal) {
        var live = state.livePods();
        Optional<Pod> found = place.ref().kind() == WorkloadRef.Kind.STATEFUL_SET
                ? state.livePod(place.name() + "-" + ordinal)
                : live.stream().skip(ordinal).findFirst();
        return found.orElseThrow(() -> new IllegalArgumentException("expected a pod " + ordinal + " of " + place.ref()
                + ", but there is "
                + (live.isEmpty()
                        ? "none"
                        : "only " + live.stream().map(Pods::name).collect(Collectors.joining(", ")))));
    }

    private static Map<String, String> uids(WorkloadState state) {
        return state.pods().stream().collect(Collectors.toMap(Pods::name, Pods::uid, (one, other) -> other));
    }

    private static String podPath(Pod pod) {
        return "/api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/" + Pods.name(pod);
    }
}
