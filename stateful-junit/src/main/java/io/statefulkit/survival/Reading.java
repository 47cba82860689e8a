package io.statefulkit.survival;

import io.statefulkit.survival.disruption.workload.Polling;
import io.statefulkit.survival.history.Elements;
import io.statefulkit.survival.ledger.Ledger;
import io.statefulkit.survival.ledger.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/** Reads all rows back, from a database that may just have come back itself. */
record Reading(Ledger ledger) {

    private static final Duration RETRY = Duration.ofMillis(100);

    /** Reads them once; returns why that was not possible, if it was not. */
    Optional<String> once(Duration patience) {
        try {
            await(patience).until(() -> ledger.read().size() >= 0);
            return Optional.empty();
        } catch (ConditionTimeoutException e) {
            return Optional.of(reason(e));
        }
    }

    /** A read too early could miss what a replica or a repair brings back, so the last two must agree; returns why they do not. */
    Optional<String> untilStable(Duration patience) {
        AtomicReference<Elements> last = new AtomicReference<>();
        try {
            await(patience).until(() -> {
                Elements now = ledger.read();
                return now.equals(last.getAndSet(now));
            });
            return Optional.empty();
        } catch (ConditionTimeoutException e) {
            return Optional.of(reason(e));
        }
    }

    private static ConditionFactory await(Duration patience) {
        return Polling.within(Awaitility.await(), patience, RETRY).ignoreException(StoreException.class);
    }

    private static String reason(ConditionTimeoutException timeout) {
        Throwable cause = timeout.getCause();
        return cause == null || cause.getMessage() == null ? "time is up" : cause.getMessage();
    }
}
