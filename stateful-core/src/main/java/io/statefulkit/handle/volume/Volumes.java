package io.statefulkit.handle.volume;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.deploy.watch.Forbidden;
import io.statefulkit.deploy.watch.Pods;
import io.statefulkit.internal.Marks;
import io.statefulkit.spec.Annotations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The storage of a namespace, and what nobody uses any more. Immutable and thread-safe.
 *
 * @param client the client, which stays open
 * @param namespace the namespace
 * @param patience how long to wait at most for a volume to change
 */
public record Volumes(KubernetesClient client, String namespace, Duration patience) {

    private static final Logger LOG = LoggerFactory.getLogger(Volumes.class);
    private static final Set<String> WITHOUT_CLAIM = Set.of("Released", "Failed");

    /**
     * Returns claims that no pod uses, and volumes whose claim is gone. A claim whose workload is only scaled down counts
     * too: scaling up again would show its old data. Volumes are left out when they may not be listed.
     */
    public List<OrphanedVolume> orphaned() {
        Set<String> used = client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> !Pods.ended(pod))
                .flatMap(pod -> pod.getSpec().getVolumes().stream())
                .flatMap(volume -> Optional.ofNullable(volume.getPersistentVolumeClaim()).stream())
                .map(source -> source.getClaimName())
                .collect(Collectors.toSet());
        Set<String> sets = client.apps().statefulSets().inNamespace(namespace).list().getItems().stream()
                .map(set -> set.getMetadata().getName())
                .collect(Collectors.toSet());
        List<OrphanedVolume> orphans = new ArrayList<>();
        client.persistentVolumeClaims().inNamespace(namespace).list().getItems().stream()
                .filter(claim -> !used.contains(claim.getMetadata().getName()))
                // One that waits for its first pod has no volume yet, so there is nothing to lose or to reclaim.
                .filter(claim -> claim.getSpec().getVolumeName() != null)
                .map(claim -> orphan(claim, sets))
                .forEach(orphans::add);
        volumes().stream()
                .filter(this::wasOurs)
                // One that is reserved for a claim that does not exist yet has not lost it.
                .filter(volume -> WITHOUT_CLAIM.contains(phase(volume)))
                .map(Volumes::orphan)
                .forEach(orphans::add);
        return List.copyOf(orphans);
    }

    private static OrphanedVolume orphan(PersistentVolumeClaim claim, Set<String> sets) {
        Map<String, String> labels = Marks.labels(claim.getMetadata());
        String workload = labels.getOrDefault("app.kubernetes.io/instance", "");
        boolean scaledDown = sets.contains(workload)
                || sets.stream().anyMatch(set -> claim.getMetadata().getName().matches(".+-" + set + "-\\d+"));
        String reason = scaledDown
                ? "its workload has fewer pods now"
                : labels.containsKey(Annotations.RETAINED) ? "kept when its workload was undeployed" : "no pod uses it";
        Optional<String> since = Optional.ofNullable(claim.getStatus()).stream()
                .flatMap(status -> status.getConditions().stream())
                .filter(condition -> condition.getType().equals("Unused")
                        && condition.getStatus().equals("True"))
                .map(condition -> condition.getLastTransitionTime())
                .findFirst();
        return new OrphanedVolume(
                "PersistentVolumeClaim",
                claim.getMetadata().getName(),
                claim.getMetadata().getUid(),
                reason,
                since,
                size(claim.getSpec().getResources().getRequests()),
                Objects.requireNonNullElse(claim.getSpec().getVolumeName(), ""),
                "statefulkit".equals(labels.get("app.kubernetes.io/managed-by")));
    }

    private List<PersistentVolume> volumes() {
        try {
            return client.persistentVolumes().list().getItems();
        } catch (KubernetesClientException e) {
            Forbidden.orThrow(e);
            LOG.debug("volumes may not be listed, only claims are looked at", e);
            return List.of();
        }
    }

    private boolean wasOurs(PersistentVolume volume) {
        var claim = volume.getSpec().getClaimRef();
        return claim != null && namespace.equals(claim.getNamespace());
    }

    private static OrphanedVolume orphan(PersistentVolume volume) {
        var claim = volume.getSpec().getClaimRef();
        return new OrphanedVolume(
                "PersistentVolume",
                volume.getMetadata().getName(),
                volume.getMetadata().getUid(),
                phase(volume) + ": its claim " + claim.getNamespace() + "/" + claim.getName() + " is gone",
                Optional.empty(),
                size(volume.getSpec().getCapacity()),
                volume.getMetadata().getName(),
                false);
    }

    private static String phase(PersistentVolume volume) {
        return volume.getStatus() == null
                ? ""
                : Objects.requireNonNullElse(volume.getStatus().getPhase(), "");
    }

    private static String size(Map<String, Quantity> amounts) {
        Quantity size = amounts == null ? null : amounts.get("storage");
        return size == null ? "" : size.toString();
    }

    /**
     * Makes a volume available for the next claim that fits, with the data that is on it: forgets the claim that is gone.
     *
     * @throws IllegalStateException when the volume is not {@code Released}, or its claim has changed since
     */
    public void reclaim(String volume) {
        PersistentVolume found = client.persistentVolumes().withName(volume).get();
        if (found == null || !"Released".equals(phase(found))) {
            throw new IllegalStateException("expected a volume " + volume + " whose claim is gone, but "
                    + (found == null ? "there is none" : "it is " + phase(found)) + ": see orphanedVolumes()");
        }
        String uid = found.getSpec().getClaimRef().getUid();
        client.persistentVolumes()
                .withName(volume)
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\":\"test\",\"path\":\"/spec/claimRef/uid\",\"value\":\"" + uid
                                + "\"},{\"op\":\"remove\",\"path\":\"/spec/claimRef\"}]");
        client.persistentVolumes()
                .withName(volume)
                .waitUntilCondition(
                        now -> now != null && !"Released".equals(phase(now)),
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
    }
}
