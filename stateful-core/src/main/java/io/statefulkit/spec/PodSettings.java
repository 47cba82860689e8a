package io.statefulkit.spec;

import io.statefulkit.internal.Checks;
import io.statefulkit.spec.pod.Image;
import io.statefulkit.spec.pod.Probes;
import io.statefulkit.spec.pod.Resources;
import io.statefulkit.spec.pod.SecurityProfile;
import io.statefulkit.spec.pod.UserIds;
import java.time.Duration;
import java.util.Optional;

/**
 * What a workload's pods are made of.
 *
 * @param image the server's image
 * @param runAs user and group; the image's own if empty
 * @param resources CPU and memory of the server
 * @param grace time between SIGTERM and SIGKILL
 * @param probes when probes run
 * @param security what the pod may do
 * @param unfenced why nothing keeps two servers off one volume; fenced if empty
 */
public record PodSettings(
        Optional<Image> image,
        Optional<UserIds> runAs,
        Resources resources,
        Duration grace,
        Probes probes,
        SecurityProfile security,
        Optional<String> unfenced) {

    public PodSettings {
        Checks.wholeSeconds(Duration.ofSeconds(1), grace, "grace");
    }

    static PodSettings withGrace(Duration grace) {
        return new PodSettings(
                Optional.empty(),
                Optional.empty(),
                Resources.defaults(),
                grace,
                Probes.defaults(),
                SecurityProfile.RESTRICTED,
                Optional.empty());
    }

    PodSettings image(Image value) {
        return new PodSettings(Optional.of(value), runAs, resources, grace, probes, security, unfenced);
    }

    PodSettings runAs(UserIds value) {
        return new PodSettings(image, Optional.of(value), resources, grace, probes, security, unfenced);
    }

    PodSettings resources(Resources value) {
        return new PodSettings(image, runAs, value, grace, probes, security, unfenced);
    }

    PodSettings grace(Duration value) {
        return new PodSettings(image, runAs, resources, value, probes, security, unfenced);
    }

    PodSettings probes(Probes value) {
        return new PodSettings(image, runAs, resources, grace, value, security, unfenced);
    }

    PodSettings security(SecurityProfile value) {
        return new PodSettings(image, runAs, resources, grace, probes, value, unfenced);
    }

    PodSettings unfenced(String reason) {
        return new PodSettings(
                image,
                runAs,
                resources,
                grace,
                probes,
                security,
                Optional.of(Checks.notBlank(reason, "reason for running without the fence")));
    }
}
