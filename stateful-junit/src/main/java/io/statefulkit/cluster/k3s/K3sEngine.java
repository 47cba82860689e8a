package io.statefulkit.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.api.model.VersionComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * What matters of a Docker engine.
 *
 * @param name the system that it runs on, and what it consists of
 * @param platform the platform of its containers, such as {@code linux/amd64}
 * @param isCgroup1 whether its machine has cgroups of version 1
 */
record K3sEngine(String name, String platform, boolean isCgroup1) {

    /** The one that Testcontainers uses. */
    static K3sEngine ask() {
        DockerClient client = DockerClientFactory.instance().client();
        Info info = client.infoCmd().exec();
        return new K3sEngine(
                name(info, client.versionCmd().exec()),
                platform(Objects.requireNonNullElse(info.getArchitecture(), System.getProperty("os.arch", ""))),
                info.getCGroupVersion() == null
                        ? !Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"))
                        : "1".equals(info.getCGroupVersion()));
    }

    /** Where it runs, and what it consists of: Podman's system has the name of the Linux, but a part of it that of Podman. */
    private static String name(Info info, Version version) {
        Stream<String> parts = version.getComponents() == null
                ? Stream.of()
                : version.getComponents().stream().map(VersionComponent::getName);
        return Stream.concat(Stream.ofNullable(info.getOperatingSystem()), parts.filter(Objects::nonNull))
                .collect(Collectors.joining(", "));
    }

    /** Images name processors in their own way. */
    static String platform(String architecture) {
        return "linux/"
                + switch (architecture) {
                    case "x86_64" -> "amd64";
                    case "aarch64", "armv8" -> "arm64";
                    case "armv7l" -> "arm";
                    default -> architecture;
                };
    }
}
