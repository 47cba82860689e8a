package io.statefulkit.handle.change;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.statefulkit.deploy.apply.MergePatch;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.pod.PodOperations;
import io.statefulkit.internal.Marks;
import io.statefulkit.spec.Annotations;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Puts the volume of one claim behind the name of another, whose volume is kept. No pod may use either of them. */
record ClaimSwap(Place place) {

    /** What the cluster itself writes onto claims. */
    private static final String BINDING = "pv.kubernetes.io/";

    private static final String PROVISIONING = "volume.";

    /**
     * Swaps.
     *
     * @param name the claim that gets another volume
     * @param donor the claim that gives its volume, and is gone afterwards
     */
    void swap(String name, String donor) {
        PersistentVolumeClaim old = claim(name);
        PersistentVolumeClaim next = claim(donor);
        String policy = volume(next).getSpec().getPersistentVolumeReclaimPolicy();
        patch(volume(old), "{\"spec\":{\"persistentVolumeReclaimPolicy\":\"Retain\"}}");
        patch(volume(next), "{\"spec\":{\"persistentVolumeReclaimPolicy\":\"Retain\"}}");
        // The volume is reserved before its name is free. Should this program die here, whoever makes a claim of that
        // name gets all data and no empty volume.
        PersistentVolume moving = volume(next);
        delete(next);
        patch(
                moving,
                "{\"spec\":{\"claimRef\":{\"apiVersion\":\"v1\",\"kind\":\"PersistentVolumeClaim\",\"namespace\":\""
                        + place.namespace() + "\",\"name\":\"" + name + "\",\"uid\":null,\"resourceVersion\":null}}}");
        delete(old);
        place.client()
                .persistentVolumeClaims()
                .inNamespace(place.namespace())
                .resource(renewed(old, next))
                .create();
        place.client()
                .persistentVolumeClaims()
                .inNamespace(place.namespace())
                .withName(name)
                .waitUntilCondition(
                        now -> now != null
                                && now.getStatus() != null
                                && "Bound".equals(now.getStatus().getPhase()),
                        millis(),
                        TimeUnit.MILLISECONDS);
        patch(moving, "{\"spec\":{\"persistentVolumeReclaimPolicy\":\"" + policy + "\"}}");
    }

    PersistentVolumeClaim claim(String name) {
        return Optional.ofNullable(place.client()
                        .persistentVolumeClaims()
                        .inNamespace(place.namespace())
                        .withName(name)
                        .get())
                .orElseThrow(() -> new IllegalStateException("claim " + name + " is not there"));
    }

    private PersistentVolume volume(PersistentVolumeClaim claim) {
        return Optional.ofNullable(place.client()
                        .persistentVolumes()
                        .withName(claim.getSpec().getVolumeName())
                        .get())
                .orElseThrow(() ->
                        new IllegalStateException("volume " + claim.getSpec().getVolumeName() + " is not there"));
    }

    private static PersistentVolumeClaim renewed(PersistentVolumeClaim old, PersistentVolumeClaim next) {
        Map<String, String> notes = new HashMap<>(Marks.annotations(old.getMetadata()));
        notes.keySet()
                .removeIf(key -> key.startsWith(BINDING)
                        || key.startsWith(PROVISIONING)
                        || key.equals(Annotations.MAJOR)
                        || key.equals(Annotations.IMAGE_FAMILY));
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(old.getMetadata().getName())
                .withLabels(old.getMetadata().getLabels())
                .withAnnotations(notes)
                .endMetadata()
                .withSpec(next.getSpec())
                .build();
    }

    void delete(PersistentVolumeClaim claim) {
        var resource = place.client()
                .persistentVolumeClaims()
                .inNamespace(place.namespace())
                .withName(claim.getMetadata().getName());
        resource.delete();
        resource.waitUntilCondition(Objects::isNull, millis(), TimeUnit.MILLISECONDS);
    }

    private void patch(PersistentVolume volume, String patch) {
        place.client()
                .persistentVolumes()
                .withName(volume.getMetadata().getName())
                .patch(MergePatch.by(PodOperations.MANAGER), patch);
    }

    private long millis() {
        return place.waiting().patience().timeout().toMillis();
    }
}
