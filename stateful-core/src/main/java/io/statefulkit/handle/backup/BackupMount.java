package io.statefulkit.handle.backup;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Map;

/**
 * Where the dumps are.
 *
 * @param directory the directory in the sidecar
 * @param volume the name of the volume of the pod
 */
record BackupMount(String directory, String volume) {

    static BackupMount of(Container sidecar) {
        String directory = sidecar.getEnv().stream()
                .filter(env -> env.getName().equals("BACKUP_DIR"))
                .map(EnvVar::getValue)
                .findFirst()
                .orElse("/backup");
        String volume = sidecar.getVolumeMounts().stream()
                .filter(mount -> mount.getMountPath().equals(directory))
                .map(VolumeMount::getName)
                .findFirst()
                .orElseThrow();
        return new BackupMount(directory, volume);
    }

    /**
     * Adds the dumps, not to be written to, to a pod; it has to run on the node of the pod whose dumps they are, since their
     * claim may be mounted there only. The kubelet of that node refuses pods whose node selector does not fit (any more).
     */
    PodSpecBuilder in(PodSpecBuilder spec, Pod pod) {
        String node = pod.getSpec().getNodeName();
        PodSpecBuilder placed = node == null
                ? spec
                : spec.withNodeName(node).withNodeSelector(Map.of()).withAffinity(null);
        return placed.addToVolumes(volume(pod, volume))
                .editFirstContainer()
                .addNewVolumeMount()
                .withName(volume)
                .withMountPath(directory)
                .withReadOnly(true)
                .endVolumeMount()
                .endContainer();
    }

    static Volume volume(Pod pod, String name) {
        return pod.getSpec().getVolumes().stream()
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
