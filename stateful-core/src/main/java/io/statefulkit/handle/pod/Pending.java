package io.statefulkit.handle.pod;

import io.statefulkit.deploy.StuckException;
import io.statefulkit.deploy.ready.Outcome;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.deploy.watch.WorkloadWatch;
import io.statefulkit.handle.place.Place;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Something that has begun and is watched to its end by a thread of its own, so that times are right even when nobody
 * waits yet, and nothing leaks when nobody ever does.
 */
final class Pending<T> {

    private final Place place;
    private final String goal;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private Pending(Place place, String goal) {
        this.place = place;
        this.goal = goal;
    }

    /**
     * Watches until the end.
     *
     * @param watch sees the workload since before it began; is closed at the end
     * @param goal what is waited for, in words that follow "did not become "
     */
    static <T> Pending<T> of(Place place, WorkloadWatch watch, String goal, Function<WorkloadState, Outcome<T>> look) {
        Pending<T> pending = new Pending<>(place, goal);
        Thread thread = new Thread(() -> pending.run(watch, look), "statefulkit-wait-" + place.name());
        thread.setDaemon(true);
        thread.start();
        return pending;
    }

    private void run(WorkloadWatch watch, Function<WorkloadState, Outcome<T>> look) {
        try (watch) {
            result.complete(place.waiting().until(watch, goal, look));
        } catch (RuntimeException | Error e) {
            // Whoever waits gets it, whatever it is.
            result.completeExceptionally(e);
        }
    }

    /** Waits for as long as the patience of the handle allows. */
    T await() {
        // The thread that watches gives up by itself, so this is only a bound for the case that it cannot.
        return await(place.waiting().patience().timeout().plusSeconds(30));
    }

    /**
     * Waits.
     *
     * @throws StuckException when the time is over, or when waiting is no use
     */
    T await(Duration atMost) {
        try {
            return result.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StuckException stuck) {
                throw stuck;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("the wait for " + place.ref() + " failed", e.getCause());
        } catch (TimeoutException e) {
            try (WorkloadWatch watch = place.watch()) {
                throw place.waiting().stuck(watch, goal, atMost);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while waiting for " + place.ref());
            cancelled.initCause(e);
            throw cancelled;
        }
    }
}
