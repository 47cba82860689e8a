package io.statefulkit.deploy.ready;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.statefulkit.deploy.Diagnosis;
import io.statefulkit.deploy.Patience;
import io.statefulkit.deploy.ProgressListener;
import io.statefulkit.deploy.StuckException;
import io.statefulkit.deploy.Trouble;
import io.statefulkit.deploy.watch.WorkloadState;
import io.statefulkit.deploy.watch.WorkloadWatch;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Waits for a workload by watching it. Gives up early when something is wrong that does not go away by waiting.
 * Immutable and safe for use by many threads.
 */
public final class Waiting {

    private final KubernetesClient client;
    private final Patience patience;
    private final ProgressListener progress;

    /**
     * Creates a way to wait.
     *
     * @param client reads logs for a diagnosis
     * @param patience how long to wait
     * @param progress told what is still missing
     */
    public Waiting(KubernetesClient client, Patience patience, ProgressListener progress) {
        this.client = client;
        this.patience = patience;
        this.progress = progress;
    }

    /** Returns how long is waited. */
    public Patience patience() {
        return patience;
    }

    /**
     * Waits until a look at the workload says that it is reached.
     *
     * @param watch sees the workload
     * @param goal what is waited for, in words that follow "did not become "
     * @param look decides; called after each change, so it must be quick and without side effects
     * @throws StuckException when the time is over, or when there is a trouble that does not go away
     * @throws CancellationException when the thread is interrupted; its interrupt flag stays set
     */
    public <T> T until(WorkloadWatch watch, String goal, Function<WorkloadState, Outcome<T>> look) {
        long start = System.nanoTime();
        Map<String, Long> since = new HashMap<>();
        String told = "";
        while (true) {
            long seen = watch.changes();
            WorkloadState state = watch.state();
            Outcome<T> outcome = look.apply(state);
            if (outcome instanceof Outcome.Reached<T> reached) {
                return reached.value();
            }
            String missing = ((Outcome.Missing<T>) outcome).missing();
            if (!missing.equals(told)) {
                progress.waiting(watch.ref(), missing);
                told = missing;
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            boolean over = waited.compareTo(patience.timeout()) >= 0;
            if (over || lasting(state, since).isPresent()) {
                throw new StuckException(goal, new Evidence(client).of(watch.ref(), state, missing), waited, over);
            }
            pause(watch, seen, patience.timeout().minus(waited));
        }
    }

    /** Returns why the workload is not ready; without troubles when it is. */
    public Diagnosis diagnose(WorkloadWatch watch) {
        WorkloadState state = watch.state();
        String missing = Readiness.missing(state, 0).orElse("nothing, it is ready");
        return new Evidence(client).of(watch.ref(), state, missing);
    }

    /** Returns what to throw when somebody does not want to wait any longer. */
    public StuckException stuck(WorkloadWatch watch, String goal, Duration waited) {
        WorkloadState state = watch.state();
        String missing = Readiness.missing(state, 0).orElse("it is ready, but not " + goal);
        return new StuckException(goal, new Evidence(client).of(watch.ref(), state, missing), waited, true);
    }

    private static void pause(WorkloadWatch watch, long seen, Duration left) {
        try {
            watch.awaitChange(seen, left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while waiting for " + watch.ref());
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    /** Returns a trouble that has been there for longer than the patience with troubles. */
    private Optional<Trouble> lasting(WorkloadState state, Map<String, Long> since) {
        List<Trouble> troubles = Troubles.in(state);
        since.keySet().retainAll(troubles.stream().map(Trouble::key).toList());
        long now = System.nanoTime();
        return troubles.stream()
                .filter(trouble -> now - since.computeIfAbsent(trouble.key(), key -> now)
                        >= patience.withTroubles().toNanos())
                .findFirst();
    }
}
