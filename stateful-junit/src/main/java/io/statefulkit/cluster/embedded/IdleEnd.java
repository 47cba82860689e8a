package io.statefulkit.cluster.embedded;

import io.statefulkit.cluster.run.RunLock.Noted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Decides when a cluster ends that several JVMs share: some time after its last user, or at once when no other can come. */
final class IdleEnd {

    private final SharedPlace place;
    private final Duration patience;
    private final BooleanSupplier nobodyComes;
    private final Clock clock;
    private final AtomicReference<@Nullable Instant> idleSince = new AtomicReference<>();

    /**
     * For the cluster of a place.
     *
     * @param patience how long it goes on without a user
     * @param nobodyComes whether the build is over whose JVMs it is for
     */
    IdleEnd(SharedPlace place, Duration patience, BooleanSupplier nobodyComes, Clock clock) {
        this.place = place;
        this.patience = patience;
        this.nobodyComes = nobodyComes;
        this.clock = clock;
    }

    /** Whether it is to end now. If so, it cannot be found any more: who comes later starts another one. */
    boolean isNow() {
        return place.lock().<Boolean>within(note -> new Noted<>(decide(), note));
    }

    private boolean decide() {
        if (new SharedUsers(place.users()).isAny()) {
            idleSince.set(null);
            return false;
        }
        Instant now = clock.instant();
        Instant since = Objects.requireNonNullElse(idleSince.get(), now);
        idleSince.set(since);
        if (!nobodyComes.getAsBoolean() && now.isBefore(since.plus(patience))) {
            return false;
        }
        place.retract();
        return true;
    }
}
