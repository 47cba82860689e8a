package io.statefulkit.embedded.http;

import io.statefulkit.embedded.api.Failure;
import io.statefulkit.embedded.api.Warnings;
import io.statefulkit.embedded.thread.Daemons;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that calls of the API run on, so that the event loop never waits. */
final class Workers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final int CALLS = 16;
    private static final int WAITING = 20_000;
    private static final int STREAMS = 1_000;

    private final ThreadPoolExecutor calls;
    private final ThreadPoolExecutor streams;

    Workers() {
        calls = new ThreadPoolExecutor(
                CALLS,
                CALLS,
                5,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                Daemons.named("statefulkit-api-"));
        calls.allowCoreThreadTimeOut(true);
        streams = new ThreadPoolExecutor(
                0, STREAMS, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), Daemons.named("statefulkit-stream-"));
    }

    /** Runs a short call, and then one of the two continuations on the event loop it was submitted from. */
    <T> void submit(Callable<T> call, Consumer<T> done, Consumer<Answer> refused) {
        run(calls, call, done, refused);
    }

    /** Runs a call that may take as long as a stream lasts. */
    <T> void submitStream(Callable<T> call, Consumer<T> done, Consumer<Answer> refused) {
        run(streams, call, done, refused);
    }

    /** Runs a task of a stream. */
    void executeStream(Runnable task) {
        streams.execute(task);
    }

    private static <T> void run(ThreadPoolExecutor pool, Callable<T> call, Consumer<T> done, Consumer<Answer> refused) {
        Context context = Vertx.currentContext();
        try {
            pool.execute(() -> {
                Warnings.begin();
                T result;
                try {
                    result = call.call();
                } catch (Exception | StackOverflowError | LinkageError e) {
                    Answer answer = answer(e).withWarnings(Warnings.drain());
                    context.runOnContext(ignored -> refused.accept(answer));
                    return;
                }
                context.runOnContext(ignored -> done.accept(result));
            });
        } catch (RejectedExecutionException e) {
            refused.accept(overloaded());
        }
    }

    private static Answer answer(Throwable problem) {
        if (problem instanceof Failure failure) {
            return Answer.failure(failure);
        }
        if (problem instanceof Refusal refusal) {
            return refusal.answer();
        }
        LOG.warn("A request failed in a way that it should not; the client got a 500.", problem);
        return Answer.json(500, Statuses.internal(String.valueOf(problem.getMessage())));
    }

    private static Answer overloaded() {
        String message = "the server has received too many requests and has asked us to try again later";
        Answer answer = Answer.json(429, Statuses.failure(429, "TooManyRequests", message));
        return new Answer(answer.code(), answer.contentType(), answer.body(), answer.warnings(), 1);
    }

    @Override
    public void close() {
        calls.shutdownNow();
        streams.shutdownNow();
    }
}
