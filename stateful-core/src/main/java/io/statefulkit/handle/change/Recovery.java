package io.statefulkit.handle.change;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.connection.OneShot;
import io.statefulkit.handle.connection.Server;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import io.statefulkit.handle.pod.Hibernation;
import io.statefulkit.internal.NotApi;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs a command on the volumes of a server that is stopped meanwhile. */
@NotApi
public record Recovery(Server server) {

    /** Stops the workload, runs the command, and starts the workload again if the command ends with 0. */
    public ExecResult run(List<String> command, Duration atMost) {
        Place place = server.place();
        Hibernation hibernation = new Hibernation(place);
        hibernation.refuseWhileRestoring();
        hibernation.hibernate().await();
        Pod stopped = new LiveWorkload(place).stoppedPod();
        Container main = stopped.getSpec().getContainers().stream()
                .filter(one -> one.getName().equals(server.container()))
                .findFirst()
                .orElseThrow();
        ExecResult result = new OneShot(server)
                .run("recover", command, plain(main), spec -> withVolumes(spec, stopped, main), atMost);
        if (result.ok()) {
            hibernation.wake().await();
        }
        return result;
    }

    /** Those that say where the data is; what is secret is not needed without a server. */
    private static List<EnvVar> plain(Container main) {
        return main.getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .toList();
    }

    private static PodSpecBuilder withVolumes(PodSpecBuilder spec, Pod stopped, Container main) {
        List<Volume> claims = stopped.getSpec().getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .filter(volume -> main.getVolumeMounts().stream()
                        .anyMatch(mount -> mount.getName().equals(volume.getName())))
                .toList();
        Set<String> names = claims.stream().map(Volume::getName).collect(Collectors.toSet());
        List<VolumeMount> mounts = main.getVolumeMounts().stream()
                .filter(mount -> names.contains(mount.getName()))
                .toList();
        return spec.addAllToVolumes(claims)
                .editFirstContainer()
                .addAllToVolumeMounts(mounts)
                .endContainer();
    }
}
