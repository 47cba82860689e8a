package io.statefulkit.survival.disruption;

import java.time.Duration;
import java.util.Optional;

/**
 * Another disruption at a time of its own, or with a limit of its own.
 *
 * @param inner the other
 * @param trigger when
 * @param limit how long the workload may take to recover, if it is not as long as from others
 */
record Adjusted(Disruption inner, Trigger trigger, Optional<Duration> limit) implements Around {

    @Override
    public Duration patience(Duration usual) {
        return limit.orElseGet(() -> inner.patience(usual));
    }

    @Override
    public Disruption on(Target target) {
        return new Adjusted(inner.on(target), trigger, limit);
    }
}
