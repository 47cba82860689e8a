package io.statefulkit.samples.bigco;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.statefulkit.samples.stage.Stage;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A volume whose claim has gone, and which was to be kept.
 *
 * @param stage where it is told of
 * @param volume its name
 */
record Forgotten(Stage stage, String volume) {

    private static final String DELETE = "{\"spec\":{\"persistentVolumeReclaimPolicy\":\"Delete\"}}";

    private Resource<PersistentVolume> object() {
        return stage.client().persistentVolumes().withName(volume);
    }

    /** Waits until the cluster has noticed. */
    void awaitRelease() {
        PersistentVolume released = object().waitUntilCondition(
                        now -> now != null && "Released".equals(now.getStatus().getPhase()), 1, TimeUnit.MINUTES);
        stage.check(
                "the volume without its claim is",
                "Released",
                released.getStatus().getPhase());
    }

    /** Deletes what is on it as well: to delete the volume alone would leave a disk that nobody knows of any more. */
    void delete() {
        object().patch(PatchContext.of(PatchType.JSON_MERGE), DELETE);
        try {
            object().waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES);
            stage.say("its policy is changed from Retain to Delete: it is gone, with its data");
        } catch (KubernetesClientTimeoutException e) {
            stage.say("its policy is changed from Retain to Delete, and its provisioner still works on that");
        }
    }
}
