package io.statefulkit.survival.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps calls from hanging for good: a connection whose peer vanished without a word would wait forever. It looks at all of them now and then,
 * which costs a call nothing.
 */
final class Watchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    /** How often in the time of a call it is looked whether that is over. */
    private static final int LOOKS = 50;

    private static final long MOST_MILLIS = 100;

    private final Duration timeout;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor(daemon("alarm"));
    private final ExecutorService connecting = Executors.newCachedThreadPool(daemon("connect"));

    Watchdog(Duration timeout) {
        this.timeout = timeout;
        long period = Math.max(1, Math.min(timeout.toMillis() / LOOKS, MOST_MILLIS));
        ScheduledFuture<?> unused =
                alarms.scheduleWithFixedDelay(this::breakWhatHangs, period, period, TimeUnit.MILLISECONDS);
    }

    private void breakWhatHangs() {
        long now = System.nanoTime();
        List<Call> late =
                calls.stream().filter(call -> now - call.deadline() >= 0).toList();
        // Once is enough: a call that goes on hanging would be broken at every look.
        late.stream().filter(calls::remove).map(Call::session).forEach(Watchdog::abort);
    }

    /** One that cannot be broken must not keep the others from it. */
    private static void abort(Session session) {
        try {
            session.abort();
        } catch (RuntimeException e) {
            LOG.warn("a call that hangs cannot be broken", e);
        }
    }

    /** A call that is not over yet. Two are never equal: each session makes one call at a time. */
    private record Call(Session session, long deadline) {}

    /** Opens a session, or gives up after the timeout; one that arrives later is closed. None is opened any more when this is closed. */
    Session open(Store store) throws InterruptedException {
        CompletableFuture<Session> opening = begin(store);
        try {
            return opening.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new StoreException("no session", e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            closeWhenItArrives(opening);
            throw new StoreException("no session", new TimeoutException("no answer within " + timeout));
        } catch (InterruptedException e) {
            closeWhenItArrives(opening);
            throw e;
        }
    }

    private CompletableFuture<Session> begin(Store store) {
        try {
            return CompletableFuture.supplyAsync(store::open, connecting);
        } catch (RejectedExecutionException e) {
            throw new StoreException("no session", new IllegalStateException("the run is over", e));
        }
    }

    private static void closeWhenItArrives(CompletableFuture<Session> opening) {
        var unused = opening.thenAccept(Session::close);
    }

    /** Calls, and breaks the session when the call takes longer than a multiple of the timeout. */
    <T> T guard(Session session, int timeouts, Supplier<T> call) {
        Call waiting = new Call(session, System.nanoTime() + timeout.toNanos() * timeouts);
        calls.add(waiting);
        try {
            return call.get();
        } finally {
            calls.remove(waiting);
        }
    }

    @Override
    public void close() {
        alarms.shutdownNow();
        connecting.shutdownNow();
    }

    static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, "statefulkit-ledger-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
