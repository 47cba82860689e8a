package io.statefulkit.spec.pod;

import io.statefulkit.internal.Checks;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A container beside the server. It shares the pod's network, so the server is at 127.0.0.1.
 *
 * @param name of the container
 * @param image what it runs; required
 * @param command program and arguments instead of the image's own
 * @param args arguments instead of the image's own
 * @param env variables
 * @param nativeSidecar true if it starts before the server and stops after it (Kubernetes 1.29 or newer)
 * @param resources CPU and memory
 */
public record ContainerSpec(
        String name,
        Optional<Image> image,
        List<String> command,
        List<String> args,
        Map<String, String> env,
        boolean nativeSidecar,
        Resources resources) {

    public ContainerSpec {
        Checks.dnsLabel(name, 63, "container name");
        command = List.copyOf(command);
        args = List.copyOf(args);
        env = Collections.unmodifiableMap(new TreeMap<>(env));
        env.keySet().forEach(key -> Checks.variable(key, "env"));
    }

    /** Return a container of this name with 50m of CPU and 64Mi of memory. */
    public static ContainerSpec named(String name) {
        return new ContainerSpec(
                name,
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                false,
                Resources.cpu("50m").memory("64Mi"));
    }

    /** Run this image. */
    public ContainerSpec image(String reference) {
        return new ContainerSpec(name, Optional.of(Image.of(reference)), command, args, env, nativeSidecar, resources);
    }

    /** Run this program instead of the image's own. */
    public ContainerSpec command(String... argv) {
        return new ContainerSpec(name, image, List.of(argv), args, env, nativeSidecar, resources);
    }

    /** Give the program these arguments. */
    public ContainerSpec args(String... argv) {
        return new ContainerSpec(name, image, command, List.of(argv), env, nativeSidecar, resources);
    }

    /** Set a variable. */
    public ContainerSpec env(String variable, String value) {
        Map<String, String> more = new TreeMap<>(env);
        more.put(variable, value);
        return new ContainerSpec(name, image, command, args, more, nativeSidecar, resources);
    }

    /** Start it before the server and stop it after. */
    public ContainerSpec asNativeSidecar() {
        return new ContainerSpec(name, image, command, args, env, true, resources);
    }

    /** Give it these resources. */
    public ContainerSpec resources(Resources value) {
        return new ContainerSpec(name, image, command, args, env, nativeSidecar, value);
    }
}
