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
            command -v flock >/dev/null || { %s; }
            trap 'exit 0' TERM INT
            exec 9>"$STATEFULKIT_LOCK" || exit 73
            until flock -n 9; do echo "waiting: another pod still uses this volume"; sleep 1; done
            trap - TERM INT
            exec "$@"
            """;

    private static final String REFUSE = "echo \"statefulkit: this image has no flock, see withoutFence\" >&2; exit 69";

    /** Images of MySQL have none. A second server tries to lock the files for a while, and then ends. */
    private static final String LEAVE_IT_TO_THE_SERVER =
            "echo \"statefulkit: this image has no flock: what keeps a second"
                    + " server off the volume is the lock that the server itself puts on its files\" >&2; exec \"$@\"";

    static final String LOCK_VARIABLE = "STATEFULKIT_LOCK";

    private Fence() {}

    /**
     * Return a command that takes the lock and then becomes {@code entrypoint} with the container's arguments.
     *
     * @param locksItself whether the server would keep a second one off its files by itself, where the image has no lock
     */
    static List<String> command(List<String> entrypoint, boolean locksItself) {
        String script = SCRIPT.formatted(locksItself ? LEAVE_IT_TO_THE_SERVER : REFUSE);
        return Stream.concat(Stream.of("sh", "-c", script, "statefulkit-fence"), entrypoint.stream())
                .toList();
    }
}
