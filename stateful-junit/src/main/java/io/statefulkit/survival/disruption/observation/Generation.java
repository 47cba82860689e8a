package io.statefulkit.survival.disruption.observation;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a workload is with its newest revision.
 *
 * @param revision the label by which pods say that they are of it
 * @param isRolledOut whether its controller has seen its newest generation, and all its pods are of the newest revision
 * @param owners the uids of the objects that its pods may belong to
 */
record Generation(String revision, boolean isRolledOut, Set<String> owners) {

    private static final String NUMBER = "deployment.kubernetes.io/revision";
    static final String HASH = "pod-template-hash";

    static Generation of(StatefulSet set) {
        Optional<StatefulSetStatus> status = Optional.ofNullable(set.getStatus());
        return new Generation(
                status.map(StatefulSetStatus::getUpdateRevision).orElse(""),
                isRolledOut(set, status),
                Set.of(set.getMetadata().getUid()));
    }

    /** The revisions never meet when a partition holds pods back, or when pods are new only after they were deleted: then only the generation counts. */
    private static boolean isRolledOut(StatefulSet set, Optional<StatefulSetStatus> status) {
        return isSeen(set, status.map(StatefulSetStatus::getObservedGeneration))
                && (PodOwner.partition(set) > 0
                        || PodOwner.strategy(set).equals("OnDelete")
                        || Objects.equals(set.getSpec().getReplicas(), 0)
                        || status.filter(s -> Objects.equals(s.getCurrentRevision(), s.getUpdateRevision()))
                                .isPresent());
    }

    /** Pods of a Deployment belong to a ReplicaSet for each revision; an old one may have pods left. */
    static Generation of(KubernetesClient client, Deployment deployment) {
        List<ReplicaSet> sets =
                client
                        .apps()
                        .replicaSets()
                        .inNamespace(deployment.getMetadata().getNamespace())
                        .list()
                        .getItems()
                        .stream()
                        .filter(set -> SnapshotReader.isOwned(
                                set, Set.of(deployment.getMetadata().getUid())))
                        .toList();
        String newest = annotation(deployment);
        Optional<DeploymentStatus> status = Optional.ofNullable(deployment.getStatus());
        int replicas = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
        return new Generation(
                sets.stream()
                        .filter(set -> annotation(set).equals(newest))
                        .map(set -> set.getMetadata().getLabels().getOrDefault(HASH, ""))
                        .findFirst()
                        .orElse(""),
                isSeen(deployment, status.map(DeploymentStatus::getObservedGeneration))
                        && status.map(DeploymentStatus::getUpdatedReplicas).orElse(0) == replicas
                        && status.map(DeploymentStatus::getReplicas).orElse(0) == replicas,
                sets.stream().map(set -> set.getMetadata().getUid()).collect(Collectors.toSet()));
    }

    private static String annotation(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getAnnotations())
                .map((Map<String, String> annotations) -> annotations.get(NUMBER))
                .orElse("");
    }

    private static boolean isSeen(HasMetadata object, Optional<Long> observed) {
        return observed.filter(generation -> generation >= object.getMetadata().getGeneration())
                .isPresent();
    }
}
