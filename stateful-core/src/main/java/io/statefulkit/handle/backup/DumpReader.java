package io.statefulkit.handle.backup;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.statefulkit.handle.connection.ExecResult;
import io.statefulkit.handle.connection.OneShot;
import io.statefulkit.handle.connection.Shell;
import io.statefulkit.handle.place.LiveWorkload;
import io.statefulkit.handle.place.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what is beside the dumps, also while no pod of the workload runs: then a pod of its own mounts their claim, not to be
 * written to.
 */
record DumpReader(Dumps dumps) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    ExecResult run(String script, String... args) {
        Place place = dumps.server().place();
        Optional<Pod> pod = new Shell(place).find(0);
        if (pod.filter(one -> runs(one, Dumps.SIDECAR)).isPresent()) {
            return dumps.sidecar(script, args);
        }
        Pod mounted = pod.orElseGet(() -> new LiveWorkload(place).stoppedPod());
        BackupMount mount = BackupMount.of(dumps.container());
        return new OneShot(dumps.server())
                .run(
                        "backups",
                        Dumps.command(script, args),
                        List.of(new EnvVar("BACKUP_DIR", mount.directory(), null)),
                        spec -> mount.in(spec, mounted),
                        PATIENCE);
    }

    private static boolean runs(Pod pod, String container) {
        return pod.getStatus() != null
                && Stream.concat(
                                pod.getStatus().getInitContainerStatuses().stream(),
                                pod.getStatus().getContainerStatuses().stream())
                        .anyMatch(status -> status.getName().equals(container) && running(status));
    }

    private static boolean running(ContainerStatus status) {
        return status.getState() != null && status.getState().getRunning() != null;
    }
}
