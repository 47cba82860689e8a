package io.statefulkit.deploy.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.statefulkit.deploy.WorkloadRef;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What decides whether a StatefulSet or a Deployment is ready, in one shape and without nulls.
 *
 * @param ref which workload
 * @param uid its uid
 * @param generation the number of its last change of specification
 * @param counts how many pods there are of what sort
 * @param rollout how far a change of the pods has come
 * @param deleting whether it is being deleted
 */
public record Workload(WorkloadRef ref, String uid, long generation, Counts counts, Rollout rollout, boolean deleting) {

    /**
     * Numbers of pods, as the controller reports them.
     *
     * @param wanted the declared number
     * @param existing pods there are
     * @param ready pods that are ready
     * @param updated pods of the newest revision
     * @param available pods that have been ready for {@code minReadySeconds}
     */
    public record Counts(int wanted, int existing, int ready, int updated, int available) {}

    /**
     * State of a rollout.
     *
     * @param observedGeneration the newest generation that the controller has seen
     * @param currentRevision the revision from which pods are replaced; empty for a Deployment
     * @param updateRevision the newest revision; empty for a Deployment
     * @param firstOrdinal the ordinal of the first pod
     * @param partition how many pods, from the first ordinal on, are not updated
     * @param byHand whether pods are updated only when somebody deletes them ({@code OnDelete})
     * @param minReadySeconds for how long a pod has to be ready to count as available
     */
    public record Rollout(
            long observedGeneration,
            String currentRevision,
            String updateRevision,
            int firstOrdinal,
            int partition,
            boolean byHand,
            int minReadySeconds) {

        /** Returns the lowest ordinal that is updated: a partition counts from the first ordinal. */
        public int firstUpdated() {
            return firstOrdinal + partition;
        }
    }

    /** Reads what a StatefulSet says. */
    public static Workload of(StatefulSet set) {
        StatefulSetSpec spec = set.getSpec();
        StatefulSetStatus status = Objects.requireNonNullElseGet(set.getStatus(), StatefulSetStatus::new);
        var strategy = Optional.ofNullable(spec.getUpdateStrategy());
        int partition = strategy.map(s -> s.getRollingUpdate())
                .map(r -> r.getPartition())
                .orElse(0);
        boolean byHand = strategy.map(s -> "OnDelete".equals(s.getType())).orElse(false);
        Counts counts = new Counts(
                spec.getReplicas() == null ? 1 : spec.getReplicas(),
                number(status.getReplicas()),
                number(status.getReadyReplicas()),
                number(status.getUpdatedReplicas()),
                number(status.getAvailableReplicas()));
        Rollout rollout = new Rollout(
                number(status.getObservedGeneration()),
                Objects.requireNonNullElse(status.getCurrentRevision(), ""),
                Objects.requireNonNullElse(status.getUpdateRevision(), ""),
                Optional.ofNullable(spec.getOrdinals())
                        .map(ordinals -> ordinals.getStart())
                        .orElse(0),
                partition,
                byHand,
                number(spec.getMinReadySeconds()));
        return of(set, WorkloadRef.Kind.STATEFUL_SET, counts, rollout);
    }

    /** Reads what a Deployment says. */
    public static Workload of(Deployment deployment) {
        DeploymentStatus status = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
        Integer replicas = deployment.getSpec().getReplicas();
        Counts counts = new Counts(
                replicas == null ? 1 : replicas,
                number(status.getReplicas()),
                number(status.getReadyReplicas()),
                number(status.getUpdatedReplicas()),
                number(status.getAvailableReplicas()));
        Rollout rollout = new Rollout(
                number(status.getObservedGeneration()),
                "",
                "",
                0,
                0,
                false,
                number(deployment.getSpec().getMinReadySeconds()));
        return of(deployment, WorkloadRef.Kind.DEPLOYMENT, counts, rollout);
    }

    private static Workload of(HasMetadata object, WorkloadRef.Kind kind, Counts counts, Rollout rollout) {
        ObjectMeta meta = object.getMetadata();
        WorkloadRef ref =
                new WorkloadRef(kind, Objects.requireNonNullElse(meta.getNamespace(), "default"), meta.getName());
        return new Workload(
                ref,
                Objects.requireNonNullElse(meta.getUid(), ""),
                number(meta.getGeneration()),
                counts,
                rollout,
                meta.getDeletionTimestamp() != null);
    }

    private static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
