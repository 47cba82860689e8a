package io.statefulkit.survival;

import io.statefulkit.survival.ledger.Store;
import io.statefulkit.survival.ledger.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a database which one it is. One that takes the question and never answers must not keep a run from telling what it has seen.
 *
 * @param store the database
 * @param patience how long to wait for an answer
 */
record Identity(Store store, Duration patience) {

    /**
     * Returns what it says.
     *
     * @throws StoreException when it does not say it in time
     */
    String now() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> ask(answer), "statefulkit-identity");
        thread.setDaemon(true);
        thread.start();
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StoreException failure ? failure : new StoreException("no answer", e);
        } catch (TimeoutException e) {
            throw new StoreException("no answer", new TimeoutException("none within " + patience.toMillis() + " ms"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("no answer", new IllegalStateException("interrupted", e));
        }
    }

    private void ask(CompletableFuture<String> answer) {
        try {
            answer.complete(store.identity());
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }
}
