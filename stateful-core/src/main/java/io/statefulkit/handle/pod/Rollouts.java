package io.statefulkit.handle.pod;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.ready.Outcome;
import io.statefulkit.deploy.ready.Readiness;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.deploy.watch.Workload;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.deploy.watch.WorkloadWatch;
import io.statefulkit.handle.place.Place;
import io.statefulkit.internal.NotApi;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Changes that go through the pods of a workload one after another. */
@NotApi
public record Rollouts(Place place) {

    private static final String REVISION = "controller-revision-hash";
    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

    /**
     * Replaces all pods.
     *
     * @throws IllegalStateException when pods are only updated by hand
     */
    public Rollout restart() {
        String now = OffsetDateTime.now(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MICROS)
                .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        String patch =
                "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"" + RESTARTED_AT + "\":\"" + now + "\"}}}}}";
        return change(patch, PatchType.STRATEGIC_MERGE, "ready after its restart", before -> state -> {
            int first = state.workload()
                    .map(workload -> workload.rollout().firstUpdated())
                    .orElse(0);
            return state.livePods().stream()
                    .filter(pod -> Pods.ordinal(pod).orElse(first) >= first)
                    .filter(pod -> before.containsValue(Pods.uid(pod)))
                    .map(pod -> "pod " + Pods.name(pod) + " has not been replaced yet")
                    .findFirst();
        });
    }

    /** Changes the number of pods. */
    public Rollout scale(int replicas) {
        return scale(replicas, "");
    }

    /** Changes the number of pods and, in the same request, what {@code also} says. */
    Rollout scale(int replicas, String also) {
        if (replicas < 0) {
            throw new IllegalArgumentException("replicas has to be 0 or more, not " + replicas);
        }
        String patch = "{" + also + "\"spec\":{\"replicas\":" + replicas + "}}";
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
            Map<String, String> before = PodOperations.uids(state);
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
        return new RolloutResult(
                revision, before, PodOperations.uids(state), Duration.ofNanos(System.nanoTime() - start));
    }

    private HasMetadata patch(String patch, PatchType type) {
        PatchContext context = new PatchContext.Builder()
                .withPatchType(type)
                .withFieldManager(PodOperations.MANAGER)
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

    /**
     * Deletes the pods that keep a rollout from going on: not ready, and not of the newest revision. The controller waits
     * for them and does not replace them by itself, even when the change that broke them has been taken back.
     */
    public Rollout repair() {
        WorkloadWatch watch = place.watch();
        try {
            WorkloadState state = watch.state();
            String newest = state.workload()
                    .map(workload -> workload.rollout().updateRevision())
                    .orElse("");
            long generation = state.workload().map(Workload::generation).orElse(0L);
            Map<String, String> before = PodOperations.uids(state);
            long start = System.nanoTime();
            state.livePods().stream()
                    .filter(pod -> !Pods.ready(pod))
                    .filter(pod -> !Pods.label(pod, REVISION).equals(newest))
                    .forEach(new PodOperations(place)::deleteThis);
            return new Rollout(Pending.of(
                    place,
                    watch,
                    "ready after its rollout was repaired",
                    now -> Readiness.missing(now, generation)
                            .<Outcome<RolloutResult>>map(Outcome.Missing::new)
                            .orElseGet(() -> new Outcome.Reached<>(result(now, before, start)))));
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
    }
}
