package io.statefulkit.embedded.node.probe;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs one probe again and again. All of it happens on the executor given, which must run one task at a time; no listener
 * is called after {@link #stop()} on that executor.
 */
public final class ProbeLoop {

    private final ProbeSpec spec;
    private final ProbeCheck check;
    private final Listener listener;
    private final ScheduledExecutorService timers;
    private final Executor executor;
    private int successes;
    private int failures;
    private boolean stopped;

    /** Told of results. */
    public interface Listener {
        /** One run failed. */
        void failed(ProbeResult result);

        /** One run succeeded, but something is odd. */
        void warned(ProbeResult result);

        /** Enough runs in a row had the same result. */
        void decided(boolean success);
    }

    /** Takes what to run; {@link #start(Duration)} starts it. */
    public ProbeLoop(
            ProbeSpec spec, ProbeCheck check, Listener listener, ScheduledExecutorService timers, Executor executor) {
        this.spec = spec;
        this.check = check;
        this.listener = listener;
        this.timers = timers;
        this.executor = executor;
    }

    /** Starts the loop; the first run comes after the initial delay less the time the container has run already. */
    public void start(Duration ranFor) {
        Duration wait = spec.initialDelay().minus(ranFor);
        later(wait.isNegative() ? Duration.ZERO : wait);
    }

    /** Ends the loop. */
    public void stop() {
        stopped = true;
    }

    private void later(Duration wait) {
        try {
            var unused = timers.schedule(() -> executor.execute(this::run), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            stopped = true;
        }
    }

    private void run() {
        if (stopped) {
            return;
        }
        long began = System.nanoTime();
        CompletableFuture<?> unused = check.run()
                .exceptionally(problem -> ProbeResult.failure(String.valueOf(problem.getMessage())))
                .thenAcceptAsync(result -> take(result, began), executor);
    }

    private void take(ProbeResult result, long began) {
        if (stopped) {
            return;
        }
        if (result.success()) {
            successes++;
            failures = 0;
            if (!result.output().isEmpty()) {
                listener.warned(result);
            }
            if (successes >= spec.successThreshold()) {
                listener.decided(true);
            }
        } else {
            failures++;
            successes = 0;
            listener.failed(result);
            if (failures >= spec.failureThreshold()) {
                listener.decided(false);
            }
        }
        if (!stopped) {
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            Duration wait = spec.period().minus(took);
            later(wait.isNegative() ? Duration.ZERO : wait);
        }
    }
}
