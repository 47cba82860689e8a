package io.statefulkit.survival.disruption.observation;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.internal.NotApi;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads a snapshot from the cluster. */
@NotApi
public record SnapshotReader(KubernetesClient client, String namespace, ServerContainer server) {

    public Snapshot read(PodOwner owner) {
        Generation generation = owner.object() instanceof StatefulSet set
                ? Generation.of(set)
                : Generation.of(client, (Deployment) owner.object());
        SortedMap<String, PodState> pods = new TreeMap<>();
        for (Pod pod : podsOf(owner, generation.owners())) {
            pods.put(pod.getMetadata().getName(), PodState.of(pod, server));
        }
        SortedMap<String, ClaimState> claims = new TreeMap<>();
        Predicate<String> isOurs = claimsOf(owner);
        for (PersistentVolumeClaim claim :
                client.persistentVolumeClaims().inNamespace(namespace).list().getItems()) {
            if (isOurs.test(claim.getMetadata().getName())) {
                claims.put(claim.getMetadata().getName(), state(claim));
            }
        }
        return new Snapshot(
                owner.ref().kind(),
                owner.uid(),
                owner.replicas(),
                generation.revision(),
                generation.isRolledOut(),
                pods,
                claims);
    }

    /** A Deployment's pod that has ended, as by an eviction, stays behind and counts no more. */
    private List<Pod> podsOf(PodOwner owner, Set<String> owners) {
        return client.pods().inNamespace(namespace).withLabelSelector(owner.selector()).list().getItems().stream()
                .filter(pod -> isOwned(pod, owners))
                .filter(pod -> owner.object() instanceof StatefulSet || !hasEnded(pod))
                .toList();
    }

    static boolean isOwned(HasMetadata object, Set<String> owners) {
        return object.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .anyMatch(owners::contains);
    }

    private static boolean hasEnded(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && List.of("Failed", "Succeeded")
                        .contains(Objects.requireNonNullElse(pod.getStatus().getPhase(), ""));
    }

    private static Predicate<String> claimsOf(PodOwner owner) {
        Set<String> named = owner.template().getSpec().getVolumes().stream()
                .map(Volume::getPersistentVolumeClaim)
                .filter(Objects::nonNull)
                .map(PersistentVolumeClaimVolumeSource::getClaimName)
                .collect(Collectors.toSet());
        return claim ->
                named.contains(claim) || (owner.object() instanceof StatefulSet set && isFromTemplate(set, claim));
    }

    private static boolean isFromTemplate(StatefulSet set, String claim) {
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
}
