package io.statefulkit.manifest.render;

import java.util.List;
import java.util.stream.Stream;

/**
 * The lock that keeps two servers off one volume. A server's own lock file does not: each container has process ids of
 * its own, so the second server takes the first one's for a stale leftover and starts.
 */
final class Fence {

    /**
     * Waits for the lock instead of failing, so that a replacement is there the moment the old server is gone, and
     * leaves at once when it is told to stop while it waits. The lock goes with the process, however it dies.
     */
    private static final String SCRIPT = """
            command -v flock >/dev/null || { echo "statefulkit: this image has no flock, see withoutFence" >&2; exit 69; }
            trap 'exit 0' TERM INT
            exec 9>"$STATEFULKIT_LOCK" || exit 73
            until flock -n 9; do echo "waiting: another pod still uses this volume"; sleep 1; done
            trap - TERM INT
            exec "$@"
            """;

    static final String LOCK_VARIABLE = "STATEFULKIT_LOCK";

    private Fence() {}

    /** Return a command that takes the lock and then becomes {@code entrypoint} with the container's arguments. */
    static List<String> command(List<String> entrypoint) {
        return Stream.concat(Stream.of("sh", "-c", SCRIPT, "statefulkit-fence"), entrypoint.stream())
                .toList();
    }
}
