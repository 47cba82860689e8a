package io.statefulkit.survival.ledger;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Keeps calls from hanging for good: a connection whose peer vanished without a word would wait forever. */
final class Watchdog implements AutoCloseable {

    private final Duration timeout;
    private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor(daemon("alarm"));
    private final ExecutorService connecting = Executors.newCachedThreadPool(daemon("connect"));

    Watchdog(Duration timeout) {
        this.timeout = timeout;
    }

    /** Opens a session, or gives up after the timeout; one that arrives later is closed. */
    Session open(Store store) throws InterruptedException {
        CompletableFuture<Session> opening = CompletableFuture.supplyAsync(store::open, connecting);
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

    private static void closeWhenItArrives(CompletableFuture<Session> opening) {
        var unused = opening.thenAccept(Session::close);
    }

    /** Calls, and breaks the session when the call takes longer than a multiple of the timeout. */
    <T> T guard(Session session, int timeouts, Supplier<T> call) {
        Future<?> alarm = alarms.schedule(session::abort, timeout.toMillis() * timeouts, TimeUnit.MILLISECONDS);
        try {
            return call.get();
        } finally {
            alarm.cancel(false);
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
