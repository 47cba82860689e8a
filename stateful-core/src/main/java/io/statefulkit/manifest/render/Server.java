package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.spec.pod.UserIds;
import java.util.List;

/**
 * What an engine's image needs to know to run as a server: the contract of the image, filled in for one spec.
 *
 * @param app value of {@code app.kubernetes.io/name}
 * @param container name of the container
 * @param port where the server listens
 * @param ids user and group of the image
 * @param entrypoint program that starts the server; the image's own if empty
 * @param args arguments of the program
 * @param lockFile file that the fence locks
 * @param objects Secrets and ConfigMaps that the server reads
 */
record Server(
        String app,
        String container,
        Port port,
        UserIds ids,
        List<String> entrypoint,
        List<String> args,
        List<EnvVar> env,
        List<VolumeMount> mounts,
        List<Volume> volumes,
        ProbeCommands probes,
        String lockFile,
        List<HasMetadata> objects) {

    /** A named TCP port. */
    record Port(String name, int number) {}

    /** What the probes run in a shell. */
    record ProbeCommands(String ready, String alive) {}
}
