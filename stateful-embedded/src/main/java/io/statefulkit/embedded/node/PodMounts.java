package io.statefulkit.embedded.node;

import io.statefulkit.embedded.node.volume.ConfigException;
import io.statefulkit.embedded.node.volume.Volumes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Sets up what a pod needs before its containers, and tells of failures less and less often. */
final class PodMounts {

    static final Duration RETRY = Duration.ofMillis(500);

    private final PodState state;
    private final Volumes volumes;
    private Duration wait = Duration.ZERO;
    private Instant nextEvent = Instant.MIN;

    PodMounts(PodState state, Volumes volumes) {
        this.state = state;
        this.volumes = volumes;
    }

    /** Brings address and volumes up to date; returns whether that worked. */
    boolean ready() {
        try {
            if (state.podIp().isEmpty()) {
                state.podIp(state.services.addresses().take());
            }
            volumes.setUp(state.pod(), state.podIp(), state.services.addresses().node());
            return true;
        } catch (ConfigException e) {
            failed(e.volume(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            failed("", String.valueOf(e));
        }
        return false;
    }

    private void failed(String volume, String why) {
        Instant now = state.services.now();
        if (now.isBefore(nextEvent)) {
            return;
        }
        state.events.warning(
                state.pod(), "", "FailedMount", "MountVolume.SetUp failed for volume \"" + volume + "\" : " + why);
        wait = wait.isZero() ? RETRY : wait.multipliedBy(2);
        nextEvent = now.plus(wait);
    }
}
