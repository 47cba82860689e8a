package io.statefulkit.cluster;

import com.github.dockerjava.api.model.Info;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;

/**
 * What matters of a Docker engine.
 *
 * @param name the system that it runs on
 * @param platform the platform of its containers, such as {@code linux/amd64}
 * @param isCgroup1 whether its machine has cgroups of version 1
 */
record K3sEngine(String name, String platform, boolean isCgroup1) {

    /** The one that Testcontainers uses. */
    static K3sEngine ask() {
        Info info = DockerClientFactory.instance().client().infoCmd().exec();
        return new K3sEngine(
                Objects.requireNonNullElse(info.getOperatingSystem(), ""),
                platform(Objects.requireNonNullElse(info.getArchitecture(), System.getProperty("os.arch", ""))),
                info.getCGroupVersion() == null
                        ? !Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"))
                        : "1".equals(info.getCGroupVersion()));
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
