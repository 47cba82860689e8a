package io.statefulkit.handle.volume;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.deploy.apply.MergePatch;
import io.statefulkit.deploy.watch.Forbidden;
import io.statefulkit.handle.place.Claims;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.pod.PodOperations;
import io.statefulkit.internal.NotApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What can be done to the volumes of a workload. */
@NotApi
public record VolumeOperations(Place place) {

    public List<VolumeInfo> list() {
        return new Claims(place).list().stream().map(this::info).toList();
    }

    private VolumeInfo info(PersistentVolumeClaim claim) {
        return new VolumeInfo(
                claim.getMetadata().getName(),
                Optional.ofNullable(claim.getStatus())
                        .map(status -> status.getPhase())
                        .orElse("Pending"),
                size(claim.getSpec().getResources().getRequests()),
                Optional.ofNullable(claim.getStatus())
                        .map(status -> size(status.getCapacity()))
                        .orElse(""),
                claim.getSpec().getAccessModes(),
                Objects.requireNonNullElse(claim.getSpec().getStorageClassName(), ""),
                Objects.requireNonNullElse(claim.getSpec().getVolumeName(), ""),
                volume(claim)
                        .map(found -> found.getSpec().getPersistentVolumeReclaimPolicy())
                        .orElse(""));
    }

    private static String size(Map<String, Quantity> amounts) {
        Quantity size = amounts == null ? null : amounts.get("storage");
        return size == null ? "" : size.toString();
    }

    /** Returns the volume of a claim; nothing when it has none or we may not read volumes. */
    private Optional<PersistentVolume> volume(PersistentVolumeClaim claim) {
        String name = Objects.requireNonNullElse(claim.getSpec().getVolumeName(), "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    place.client().persistentVolumes().withName(name).get());
        } catch (KubernetesClientException e) {
            Forbidden.orThrow(e);
            return Optional.empty();
        }
    }

    /** Lets volumes stay when their claims are deleted; returns which ones would not have. */
    public List<String> protect() {
        List<String> changed = new ArrayList<>();
        for (VolumeInfo info : list()) {
            if (info.volume().isEmpty() || info.reclaimPolicy().equals("Retain")) {
                continue;
            }
            place.client()
                    .persistentVolumes()
                    .withName(info.volume())
                    .patch(
                            MergePatch.by(PodOperations.MANAGER),
                            "{\"spec\":{\"persistentVolumeReclaimPolicy\":\"Retain\"}}");
            changed.add(info.volume());
        }
        return List.copyOf(changed);
    }
}
