package io.statefulkit.manifest.render;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.statefulkit.spec.Program.NamedPort;
import io.statefulkit.spec.pod.UserIds;
import java.util.List;
import java.util.Optional;

/**
 * What an image needs to know to run as a server: the contract of the image, filled in for one spec.
 *
 * @param app value of {@code app.kubernetes.io/name}
 * @param container name of the container
 * @param ports where the server listens; the first one is what clients use
 * @param ids user and group of the image
 * @param entrypoint program that starts the server; the image's own if empty
 * @param args arguments of the program
 * @param probing how to ask whether it is ready and whether it is alive
 * @param lockFile file that the fence locks; no fence if empty
 * @param locksItself true if it locks its files in a way that holds between containers of one node
 * @param readOnlyRoot true if it writes to its volumes only
 * @param objects Secrets and ConfigMaps that the server reads
 */
record Server(
        String app,
        String container,
        List<NamedPort> ports,
        UserIds ids,
        List<String> entrypoint,
        List<String> args,
        List<EnvVar> env,
        List<VolumeMount> mounts,
        List<Volume> volumes,
        Probing probing,
        Optional<String> lockFile,
        boolean locksItself,
        boolean readOnlyRoot,
        List<HasMetadata> objects) {

    /**
     * What the probes run; a connection to the first port where empty.
     *
     * @param ready succeeds when the server takes work
     * @param alive succeeds while the server is worth waiting for
     */
    record Probing(List<String> ready, List<String> alive) {

        static Probing shell(String ready, String alive) {
            return new Probing(List.of("sh", "-c", ready), List.of("sh", "-c", alive));
        }
    }
}
