package io.statefulkit.embedded;

import io.statefulkit.embedded.node.process.ProcessUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The machine that the cluster can run on.
 *
 * @param osName what Java calls its system
 * @param root whether this JVM runs as root
 * @param users the ids of users that there are for it, as in {@code /proc/self/uid_map}: first, first outside, how many
 */
record Platform(String osName, boolean root, List<String> users) {

    static Platform here() {
        return new Platform(
                System.getProperty("os.name", ""), ProcessUser.jvmIsRoot(), users(Path.of("/proc/self/uid_map")));
    }

    /** Returns why no cluster can start, and what to do. */
    Optional<String> obstacle() {
        if (!osName.toLowerCase(Locale.ROOT).startsWith("linux")) {
            return Optional.of("the embedded cluster runs containers as Linux processes, but this machine is \""
                    + osName + "\"; run it on Linux (a Linux container will do), or use a k3s cluster instead");
        }
        ProcessUser other = ProcessUser.unprivileged();
        return root && !users.isEmpty() && users.stream().noneMatch(range -> covers(range, other.uid()))
                ? Optional.of("the embedded cluster runs servers that must not be root as \"" + other.name()
                        + "\", but the user namespace of this container has no uid " + other.uid()
                        + "; run this JVM as another user than root, or give the container more than one uid")
                : Optional.empty();
    }

    private static boolean covers(String range, int uid) {
        String[] numbers = range.strip().split("\\s+", -1);
        long first = Long.parseLong(numbers[0]);
        return uid >= first && uid < first + Long.parseLong(numbers[2]);
    }

    /** Nothing is known of them where it cannot be read. */
    private static List<String> users(Path map) {
        try {
            return Files.readAllLines(map);
        } catch (IOException e) {
            return List.of();
        }
    }
}
