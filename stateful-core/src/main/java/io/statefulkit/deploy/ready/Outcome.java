package io.statefulkit.deploy.ready;

import io.statefulkit.deploy.watch.WorkloadState;
import java.util.function.Function;

/**
 * What a look at a workload tells about something that is waited for.
 *
 * @param <T> what there is when it is reached
 */
public sealed interface Outcome<T> {

    /**
     * It is reached.
     *
     * @param value what came of it
     */
    record Reached<T>(T value) implements Outcome<T> {}

    /**
     * It is not reached yet.
     *
     * @param missing what is missing, in words that follow "not yet: "
     */
    record Missing<T>(String missing) implements Outcome<T> {}

    /** Returns an outcome from what {@link Readiness#missing} returns. */
    static Function<WorkloadState, Outcome<WorkloadState>> ready(long generation) {
        return state -> Readiness.missing(state, generation)
                .<Outcome<WorkloadState>>map(Missing::new)
                .orElseGet(() -> new Reached<>(state));
    }
}
