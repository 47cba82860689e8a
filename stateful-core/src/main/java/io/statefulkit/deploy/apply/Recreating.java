package io.statefulkit.deploy.apply;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.ApplyException;
import io.statefulkit.deploy.WorkloadRef;
import io.statefulkit.deploy.ready.Outcome;
import io.statefulkit.deploy.ready.Waiting;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.deploy.watch.WorkloadWatch;
import io.statefulkit.internal.Marks;
import io.statefulkit.lint.Finding;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Takes a StatefulSet away so that another one of its name can take its place. Its pods run on and are adopted by the next
 * one, if that selects them; else they are stopped first. Claims are never touched.
 */
record Recreating(KubernetesClient client, WorkloadRef ref, Waiting waiting) {

    private static final String KEEP = "{\"spec\":{\"persistentVolumeClaimRetentionPolicy\":"
            + "{\"whenDeleted\":\"Retain\",\"whenScaled\":\"Retain\"}}}";

    /** Returns what to throw when it is not asked for. */
    static ApplyException refused(WorkloadRef ref, List<Finding> findings) {
        String rules = findings.stream()
                .map(finding -> finding.rule().name())
                .distinct()
                .collect(Collectors.joining(", "));
        return new ApplyException(
                ref.toString(),
                0,
                findings.stream().map(Finding::message).collect(Collectors.joining("; ")) + " (rule " + rules + ")",
                "deploy with recreate(), which replaces the StatefulSet and keeps its pods and claims; for larger"
                        + " volumes, use expandVolumes(..) of the handle");
    }

    /** Removes the set; its pods stay if {@code selector} selects them. */
    void run(Map<String, String> selector) {
        StatefulSet before = Objects.requireNonNull(client.apps()
                .statefulSets()
                .inNamespace(ref.namespace())
                .withName(ref.name())
                .get());
        keepClaims(before);
        boolean adoptable = Marks.labels(before.getSpec().getTemplate().getMetadata())
                .entrySet()
                .containsAll(selector.entrySet());
        if (!adoptable) {
            stop(before);
        }
        client.apps()
                .statefulSets()
                .inNamespace(ref.namespace())
                .withName(ref.name())
                .withPropagationPolicy(DeletionPropagation.ORPHAN)
                .delete();
        String uid = before.getMetadata().getUid();
        try (WorkloadWatch watch = WorkloadWatch.open(client, ref, selector)) {
            waiting.until(watch, "replaced", state -> gone(state, uid));
        }
    }

    private static Outcome<WorkloadState> gone(WorkloadState state, String uid) {
        return state.workload().filter(there -> there.uid().equals(uid)).isPresent()
                ? new Outcome.Missing<>("the one before it is still there; its pods run on")
                : new Outcome.Reached<>(state);
    }

    /** A set whose policy is to delete its claims owns them, so they would go along with it. */
    private void keepClaims(StatefulSet before) {
        var policy = before.getSpec().getPersistentVolumeClaimRetentionPolicy();
        if (policy == null || !("Delete".equals(policy.getWhenDeleted()) || "Delete".equals(policy.getWhenScaled()))) {
            return;
        }
        long generation = patch(KEEP).getMetadata().getGeneration();
        // Until the controller has seen this, it undoes what somebody else does to claims. After that it gives up those
        // of pods that it looks at: not of pods that were scaled away, nor of any behind a pod that is not ready.
        client.apps()
                .statefulSets()
                .inNamespace(ref.namespace())
                .withName(ref.name())
                .waitUntilCondition(
                        now -> now == null || observed(now) >= generation,
                        waiting.patience().timeout().toMillis(),
                        TimeUnit.MILLISECONDS);
        OwnedClaims owned =
                new OwnedClaims(client, ref.namespace(), before.getMetadata().getUid());
        owned.disown(owned.list());
    }

    private static long observed(StatefulSet set) {
        return set.getStatus() == null
                ? 0
                : Objects.requireNonNullElse(set.getStatus().getObservedGeneration(), 0L);
    }

    /** The next set would wait for ever for the name of a pod that it does not select. */
    private void stop(StatefulSet before) {
        patch("{\"spec\":{\"replicas\":0}}");
        Map<String, String> selector =
                Objects.requireNonNullElse(before.getSpec().getSelector().getMatchLabels(), Map.of());
        try (WorkloadWatch watch = WorkloadWatch.openWithoutEvents(client, ref, selector)) {
            waiting.until(
                    watch,
                    "stopped",
                    state -> state.pods().isEmpty()
                            ? new Outcome.Reached<>(state)
                            : new Outcome.Missing<>("its pods, which the next one would not select, are still there"));
        }
    }

    private StatefulSet patch(String patch) {
        return client.apps()
                .statefulSets()
                .inNamespace(ref.namespace())
                .withName(ref.name())
                .patch(MergePatch.by(Applier.MANAGER), patch);
    }
}
