package io.statefulkit.embedded;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** The time of a cluster: that of another clock, moved forward by what a test skipped. Safe for many threads. */
final class ClusterClock extends Clock {

    private final Clock base;
    private final AtomicReference<Duration> skipped;

    ClusterClock(Clock base) {
        this(base, new AtomicReference<>(Duration.ZERO));
    }

    private ClusterClock(Clock base, AtomicReference<Duration> skipped) {
        this.base = base;
        this.skipped = skipped;
    }

    void skip(Duration by) {
        skipped.updateAndGet(before -> before.plus(by));
    }

    @Override
    public Instant instant() {
        return base.instant().plus(skipped.get());
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ClusterClock(base.withZone(zone), skipped);
    }
}
