package io.statefulkit.cluster.k3s;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes but for that in which images are pulled: a slow network is no slow cluster. For one thread. */
final class PullTime {

    private final long begin;
    private final Duration most;
    private final AtomicLong last;
    private final AtomicLong pulls = new AtomicLong();

    /**
     * Begins.
     *
     * @param now the time in nanoseconds, whatever it counts from
     * @param most how much time for pulls is left out at most
     */
    PullTime(long now, Duration most) {
        this.begin = now;
        this.most = most;
        this.last = new AtomicLong(now);
    }

    /** How long it is, without pulls, since it began; when something is pulled just now, it was since it was last asked. */
    Duration withoutPulls(long now, boolean isPulling) {
        long since = now - last.getAndSet(now);
        if (isPulling) {
            pulls.set(Math.min(most.toNanos(), pulls.get() + since));
        }
        return Duration.ofNanos(now - begin - pulls.get());
    }
}
