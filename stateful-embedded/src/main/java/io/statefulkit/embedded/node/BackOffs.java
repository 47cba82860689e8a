package io.statefulkit.embedded.node;

import io.statefulkit.embedded.node.status.Times;
import java.time.Duration;
import java.time.Instant;

/** Containers that ended and wait for their restart. */
final class BackOffs {

    static final String HOOK_ERROR = "PostStartHookError";
    static final String START_ERROR = "RunContainerError";

    private final PodState state;
    private final Runnable sync;

    BackOffs(PodState state, Runnable sync) {
        this.state = state;
        this.sync = sync;
    }

    /** Notes when a container may start again. */
    void ended(PodContainer container, Instant startedAt, Instant now) {
        Instant again = container.restarts.restartAt(startedAt, now);
        container.waited = Duration.between(now, again);
        container.restarts = container.restarts.afterEnd(startedAt, now);
        container.record = container.record.notBefore(again);
        container.restartAt = again;
    }

    /**
     * A container that ended waits for its restart. Like a kubelet, which writes what it found when it last looked, this
     * goes on showing how the container ended; that it backs off is shown when something else makes the node look again,
     * and when the wait is over.
     */
    void begin(PodContainer container, Instant until) {
        boolean endedNow = container.record.terminated().isPresent();
        boolean restarts = until.equals(container.restartAt);
        if (!restarts || (!endedNow && !container.waits(START_ERROR) && !container.waits(HOOK_ERROR))) {
            return;
        }
        if (container.waitsUntil.equals(until)) {
            show(container);
            return;
        }
        container.waitsUntil = until;
        state.warning(
                container,
                "BackOff",
                "Back-off restarting failed container " + container.name() + " in pod " + state.fullName());
        state.later(Duration.between(state.services.now(), until), () -> {
            boolean still = container.waitsUntil.equals(until) && !container.record.running();
            if (still && !state.terminating && !state.finished) {
                // The wait is over, whatever the clock says: it may have been set back.
                container.record = container.record.notBefore(Instant.MIN);
                show(container);
                state.write();
                sync.run();
            }
        });
    }

    void show(PodContainer container) {
        container.record = container.record.waiting(
                "CrashLoopBackOff",
                "back-off " + Times.text(container.waited) + " restarting failed container=" + container.name()
                        + " pod=" + state.fullName());
    }
}
