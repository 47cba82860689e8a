package io.statefulkit.handle.backup;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.deploy.ready.Outcome;
import io.statefulkit.deploy.ready.Readiness;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.deploy.watch.WorkloadWatch;
import io.statefulkit.handle.connection.ExecException;
import io.statefulkit.handle.place.Place;
import java.util.function.Supplier;

/** What has to be put in order after a server may have died in the middle of an operation. */
record Afterwards(Place place) {

    /**
     * Does something as soon as the server can do it. It may be tried several times, since the status of a pod tells only a
     * while later that its server has died.
     *
     * @throws StuckException when the server does not come back in time
     */
    <T> T get(Supplier<T> step) {
        try (WorkloadWatch watch = place.watch()) {
            return place.waiting().until(watch, "ready again", state -> attempt(state, step));
        }
    }

    /** Does something like {@link #get}; a failure of it is added to the one that comes first, which is the one to tell. */
    void run(Runnable step, RuntimeException failure) {
        try {
            get(() -> {
                step.run();
                return true;
            });
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    static <T> Outcome<T> attempt(WorkloadState state, Supplier<T> step) {
        return Readiness.missing(state, 0).<Outcome<T>>map(Outcome.Missing::new).orElseGet(() -> {
            try {
                return new Outcome.Reached<>(step.get());
            } catch (ExecException e) {
                return new Outcome.Missing<>("the server does not answer: " + e.getMessage());
            } catch (KubernetesClientException e) {
                // A container that has just ended is refused before a command of it begins.
                if (e.getCode() == 401 || e.getCode() == 403) {
                    throw e;
                }
                return new Outcome.Missing<>("the server cannot be reached: " + e.getMessage());
            }
        });
    }
}
