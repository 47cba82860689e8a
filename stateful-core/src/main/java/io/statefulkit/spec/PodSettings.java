package io.statefulkit.spec;

import io.statefulkit.internal.Checks;
import io.statefulkit.spec.pod.ContainerSpec;
import io.statefulkit.spec.pod.Image;
import io.statefulkit.spec.pod.Probes;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.pod.SecurityProfile;
import io.statefulkit.spec.pod.UserIds;
import io.statefulkit.spec.storage.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a workload's pods are made of.
 *
 * @param image the server's image
 * @param runAs user and group; the image's own if empty
 * @param resources CPU and memory of the server
 * @param sharedMemory size of /dev/shm; the engine's own choice if empty
 * @param grace time between SIGTERM and SIGKILL
 * @param probes when probes run
 * @param security what the pod may do
 * @param sidecars containers beside the server
 * @param unfenced why nothing keeps two servers off one volume; fenced if empty
 */
public record PodSettings(
        Optional<Image> image,
        Optional<UserIds> runAs,
        Resources resources,
        Optional<Size> sharedMemory,
        Duration grace,
        Probes probes,
        SecurityProfile security,
        List<ContainerSpec> sidecars,
        Optional<String> unfenced) {

    public PodSettings {
        Checks.wholeSeconds(Duration.ofSeconds(1), grace, "grace");
        unfenced.ifPresent(reason -> Checks.notBlank(reason, "reason for running without the fence"));
        sidecars = List.copyOf(sidecars);
    }

    static PodSettings withGrace(Duration grace) {
        return new PodSettings(
                Optional.empty(),
                Optional.empty(),
                Resources.defaults(),
                Optional.empty(),
                grace,
                Probes.defaults(),
                SecurityProfile.RESTRICTED,
                List.of(),
                Optional.empty());
    }

    PodSettings image(Image value) {
        return new PodSettings(
                Optional.of(value), runAs, resources, sharedMemory, grace, probes, security, sidecars, unfenced);
    }

    PodSettings runAs(UserIds value) {
        return new PodSettings(
                image, Optional.of(value), resources, sharedMemory, grace, probes, security, sidecars, unfenced);
    }

    PodSettings resources(Resources value) {
        return new PodSettings(image, runAs, value, sharedMemory, grace, probes, security, sidecars, unfenced);
    }

    PodSettings sharedMemory(Size value) {
        return new PodSettings(
                image, runAs, resources, Optional.of(value), grace, probes, security, sidecars, unfenced);
    }

    PodSettings grace(Duration value) {
        return new PodSettings(image, runAs, resources, sharedMemory, value, probes, security, sidecars, unfenced);
    }

    PodSettings probes(Probes value) {
        return new PodSettings(image, runAs, resources, sharedMemory, grace, value, security, sidecars, unfenced);
    }

    PodSettings security(SecurityProfile value) {
        return new PodSettings(image, runAs, resources, sharedMemory, grace, probes, value, sidecars, unfenced);
    }

    PodSettings sidecars(List<ContainerSpec> value) {
        return new PodSettings(image, runAs, resources, sharedMemory, grace, probes, security, value, unfenced);
    }

    PodSettings unfenced(String value) {
        return new PodSettings(
                image, runAs, resources, sharedMemory, grace, probes, security, sidecars, Optional.of(value));
    }
}
