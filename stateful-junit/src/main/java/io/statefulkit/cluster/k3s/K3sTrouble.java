package io.statefulkit.cluster.k3s;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why a k3s server did not start, as far as its log tells. Pure. */
final class K3sTrouble {

    private record Known(String sign, String cause) {}

    /** Those that no other way to start the container changes. */
    private static final List<String> FINAL =
            List.of("toomanyrequests", "manifest unknown", "no space left on device", "exec format error");

    /** The first that is found counts: what is named first leads to what is named later. */
    private static final List<Known> KNOWN = List.of(
            new Known(
                    "toomanyrequests",
                    "the registry limits downloads: log in to it, or use a mirror of the image with"
                            + " statefulkit.k3s.image"),
            new Known(
                    "manifest unknown",
                    "there is no such image: tags of k3s images look like v1.34.1-k3s1, see statefulkit.k3s.image"),
            new Known(
                    "kubelet is configured to not run on a host using cgroup v1",
                    "this k3s refuses machines with cgroups of version 1: use a version before 1.35, or switch the"
                            + " machine to version 2"),
            new Known(
                    "failed to find memory cgroup",
                    "the machine has no memory cgroup: enable it at boot with cgroup_enable=memory"),
            new Known(
                    "cgroup controllers not found",
                    "the container does not see the cgroups of the machine; rootless engines need cgroup delegation"),
            new Known(
                    "snapshotter cannot be enabled",
                    "the container's file system allows no overlay (a Docker in a Docker, ZFS, NFS): give its Docker"
                            + " engine another storage driver"),
            new Known(
                    "too many open files",
                    "the machine allows too few inotify instances: sysctl fs.inotify.max_user_instances=512"),
            // To the system, it is no space either.
            new Known(
                    "inotify_add_watch",
                    "the machine allows too few inotify watches: sysctl fs.inotify.max_user_watches=524288"),
            new Known("no space left on device", "the disk is full: docker system prune gives space back"),
            new Known("operation not permitted", "the Docker engine allows no privileged containers, which k3s needs"),
            new Known("address already in use", "a port that k3s needs is in use inside its network"),
            new Known("exec format error", "the image is for another processor architecture"));

    private K3sTrouble() {}

    /** Returns what is wrong and what to do, if the log or the error says something that is known. */
    static Optional<String> explain(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(known -> lower.contains(known.sign()))
                .map(Known::cause)
                .findFirst();
    }

    /** Whether another try, with other cgroups, would end in the same way. */
    static boolean isFinal(String cause) {
        return KNOWN.stream().anyMatch(known -> known.cause().equals(cause) && FINAL.contains(known.sign()));
    }
}
