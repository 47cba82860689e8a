package io.statefulkit.embedded.http;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Commands whose clients left while they were at work. A real server confirms the end of a connection when its command has
 * ended, so that the next command of the same client finds its work done; here the confirmation comes at once, and it is
 * the next command that waits. On the event loop only.
 */
final class Leavers {

    private static final int SECONDS = 2;

    private final Map<String, List<Future<Void>>> byPod = new HashMap<>();

    /** Remembers a command until it ends. */
    void add(String pod, Future<Void> end) {
        byPod.computeIfAbsent(pod, key -> new ArrayList<>()).add(end);
        end.onComplete(ignored -> {
            List<Future<Void>> left = byPod.getOrDefault(pod, List.of());
            if (left.contains(end) && left.size() == 1) {
                byPod.remove(pod);
            } else if (left.contains(end)) {
                left.remove(end);
            }
        });
    }

    /**
     * Runs something once the commands before have ended, or have had their time: none is waited for twice.
     *
     * @param loop runs what was waited for on the event loop
     */
    void after(String pod, Executor loop, Runnable next) {
        List<Future<Void>> left = byPod.remove(pod);
        if (left == null) {
            next.run();
            return;
        }
        Future.join(left).timeout(SECONDS, TimeUnit.SECONDS).onComplete(ignored -> loop.execute(next));
    }
}
