package io.statefulkit.spec.job;

import io.statefulkit.internal.Checks;
import io.statefulkit.spec.storage.Claim;
import java.time.Duration;
import java.util.Optional;

/**
 * A container beside the server that dumps it again and again onto a volume of its own: a dump appears under its final
 * name only when it is complete and has been read back, and old ones go only after a new one is there.
 *
 * @param interval time between two dumps; the first one is made at once
 * @param keep number of dumps to keep; 24 unless said
 * @param retry time until the next try after a failure
 * @param claim where the dumps go; a claim {@code backup} of the data's size unless said
 * @param nativeSidecar true if it starts before the server and stops after it
 */
public record SidecarBackup(Duration interval, int keep, Duration retry, Optional<Claim> claim, boolean nativeSidecar) {

    public SidecarBackup {
        Checks.wholeSeconds(Duration.ofSeconds(1), interval, "backup interval");
        Checks.between(1, 100_000, keep, "keep");
        Checks.wholeSeconds(Duration.ofSeconds(1), retry, "retry");
    }

    /** Return a backup at this interval that keeps 24 dumps and tries again after a minute. */
    public static SidecarBackup every(Duration interval) {
        Duration minute = Duration.ofMinutes(1);
        return new SidecarBackup(
                interval, 24, interval.compareTo(minute) < 0 ? interval : minute, Optional.empty(), false);
    }

    /** Keep this many dumps. */
    public SidecarBackup keep(int dumps) {
        return new SidecarBackup(interval, dumps, retry, claim, nativeSidecar);
    }

    /** Try again this long after a failure. */
    public SidecarBackup retryAfter(Duration duration) {
        return new SidecarBackup(interval, keep, duration, claim, nativeSidecar);
    }

    /** Put the dumps onto this claim. */
    public SidecarBackup on(Claim target) {
        return new SidecarBackup(interval, keep, retry, Optional.of(target), nativeSidecar);
    }

    /** Start it before the server and stop it after (Kubernetes 1.29 or newer). */
    public SidecarBackup asNativeSidecar() {
        return new SidecarBackup(interval, keep, retry, claim, true);
    }
}
