package io.statefulkit.survival.disruption;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a snapshot from the cluster. */
record SnapshotReader(KubernetesClient client, String namespace) {

    Snapshot read(StatefulSet set) {
        SortedMap<String, PodState> pods = new TreeMap<>();
        for (Pod pod : podsOf(set)) {
            pods.put(pod.getMetadata().getName(), PodState.of(pod));
        }
        SortedMap<String, ClaimState> claims = new TreeMap<>();
        for (PersistentVolumeClaim claim :
                client.persistentVolumeClaims().inNamespace(namespace).list().getItems()) {
            if (isOf(set, claim.getMetadata().getName())) {
                claims.put(claim.getMetadata().getName(), state(claim));
            }
        }
        return new Snapshot(
                set.getMetadata().getUid(),
                replicas(set),
                status(set).map(StatefulSetStatus::getUpdateRevision).orElse(""),
                isRolledOut(set),
                pods,
                claims);
    }

    private List<Pod> podsOf(StatefulSet set) {
        return client
                .pods()
                .inNamespace(namespace)
                .withLabelSelector(set.getSpec().getSelector())
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getOwnerReferences().stream()
                        .map(OwnerReference::getUid)
                        .anyMatch(set.getMetadata().getUid()::equals))
                .toList();
    }

    private static boolean isOf(StatefulSet set, String claim) {
        return set.getSpec().getVolumeClaimTemplates().stream()
                .map(template -> template.getMetadata().getName() + "-"
                        + set.getMetadata().getName() + "-")
                .anyMatch(prefix -> claim.startsWith(prefix)
                        && claim.substring(prefix.length()).matches("\\d+"));
    }

    private ClaimState state(PersistentVolumeClaim claim) {
        String volume = Optional.ofNullable(claim.getSpec().getVolumeName()).orElse("");
        return new ClaimState(claim.getMetadata().getUid(), volume, volume.isEmpty() ? "" : volumeUid(volume));
    }

    /** Volumes belong to no namespace, so that a user may well have no right to read them. */
    private String volumeUid(String volume) {
        try {
            PersistentVolume found = client.persistentVolumes().withName(volume).get();
            return found == null ? "" : found.getMetadata().getUid();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403) {
                return "";
            }
            throw e;
        }
    }

    /** The revisions never meet when a partition holds pods back: then only the generation counts. */
    private static boolean isRolledOut(StatefulSet set) {
        Optional<StatefulSetStatus> status = status(set);
        boolean seen = status.map(StatefulSetStatus::getObservedGeneration)
                .filter(observed -> observed >= set.getMetadata().getGeneration())
                .isPresent();
        boolean isPartitioned = set.getSpec().getUpdateStrategy() != null
                && set.getSpec().getUpdateStrategy().getRollingUpdate() != null
                && Objects.requireNonNullElse(
                                set.getSpec()
                                        .getUpdateStrategy()
                                        .getRollingUpdate()
                                        .getPartition(),
                                0)
                        > 0;
        return seen
                && (isPartitioned
                        || replicas(set) == 0
                        || status.filter(s -> Objects.equals(s.getCurrentRevision(), s.getUpdateRevision()))
                                .isPresent());
    }

    private static int replicas(StatefulSet set) {
        return Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
    }

    private static Optional<StatefulSetStatus> status(StatefulSet set) {
        return Optional.ofNullable(set.getStatus());
    }
}
