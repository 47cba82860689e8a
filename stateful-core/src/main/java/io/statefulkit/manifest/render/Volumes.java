package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.statefulkit.spec.storage.Claim;
import java.util.Map;

/** Volumes, mounts and claims. */
final class Volumes {

    private Volumes() {}

    static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }

    static Volume empty(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withEmptyDir(new EmptyDirVolumeSource())
                .build();
    }

    static Volume memory(String name, String limit) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withMedium("Memory")
                .withSizeLimit(Quantity.parse(limit))
                .endEmptyDir()
                .build();
    }

    static PersistentVolumeClaim template(Claim claim, Labels labels) {
        return new PersistentVolumeClaimBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withName(claim.name())
                        .withLabels(labels.lasting())
                        .build())
                .withNewSpec()
                .withAccessModes(claim.accessMode().text())
                .withStorageClassName(claim.storageClass().orElse(null))
                .withNewResources()
                .withRequests(Map.of("storage", Quantity.parse(claim.size().text())))
                .endResources()
                .endSpec()
                .build();
    }
}
