package io.statefulkit.embedded.node;

import java.time.Duration;
import java.util.Optional;

/** The deletion of a pod, which may have to wait for the end of a fault. Used by the worker's serial executor only. */
final class PodDeletion {

    private final PodEnd end;
    private boolean held;
    private Optional<Duration> postponed = Optional.empty();

    PodDeletion(PodEnd end) {
        this.end = end;
    }

    void hold() {
        held = true;
    }

    void release() {
        held = false;
        postponed.ifPresent(end::terminate);
        postponed = Optional.empty();
    }

    void begin(Duration grace) {
        if (held) {
            postponed = Optional.of(
                    postponed.filter(sooner -> sooner.compareTo(grace) < 0).orElse(grace));
        } else {
            end.terminate(grace);
        }
    }
}
