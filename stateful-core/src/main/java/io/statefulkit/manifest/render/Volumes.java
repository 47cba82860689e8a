package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.statefulkit.spec.PodSettings;
import io.statefulkit.spec.Settings;
import io.statefulkit.spec.Storage.Shape;
import io.statefulkit.spec.storage.Size;
import java.util.ArrayList;
import java.util.List;

/** Volumes of a pod, and where they are mounted. */
final class Volumes {

    private Volumes() {}

    static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }

    static VolumeMount mount(String volume, String path, String subPath) {
        return new VolumeMountBuilder(mount(volume, path)).withSubPath(subPath).build();
    }

    static VolumeMount readOnly(String volume, String path) {
        return new VolumeMountBuilder(mount(volume, path)).withReadOnly(true).build();
    }

    static Volume empty(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withEmptyDir(new EmptyDirVolumeSource())
                .build();
    }

    static Volume memory(String name, PodSettings pod, String usual) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withMedium("Memory")
                .withSizeLimit(
                        Quantity.parse(pod.sharedMemory().orElse(Size.of(usual)).text()))
                .endEmptyDir()
                .build();
    }

    /** Return the volumes of the claims: a StatefulSet's come from its templates by themselves. */
    static List<Volume> ofClaims(Settings settings) {
        List<Volume> volumes = new ArrayList<>();
        if (settings.storage().shape() == Shape.EPHEMERAL) {
            volumes.add(empty("data"));
        } else {
            Claims.pods(settings).forEach(claim -> {
                if (settings.storage().shape() == Shape.DEPLOYMENT || claim.existing()) {
                    volumes.add(claim(claim.name(), claim.name()));
                }
            });
        }
        return volumes;
    }

    static Volume claim(String volume, String claim) {
        return new VolumeBuilder()
                .withName(volume)
                .withNewPersistentVolumeClaim(claim, null)
                .build();
    }
}
