package io.statefulkit.embedded.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after another in their order, on a thread of the pool while there are any. */
final class SerialTasks {

    private static final Logger LOG = LoggerFactory.getLogger(SerialTasks.class);

    private final Workers workers;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    SerialTasks(Workers workers) {
        this.workers = workers;
    }

    void submit(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            workers.executeStream(this::drain);
        } catch (RejectedExecutionException e) {
            synchronized (waiting) {
                running = false;
            }
            LOG.debug("a task of a stream was not run: the server stops or has too many streams");
        }
    }

    private void drain() {
        while (true) {
            Runnable task;
            synchronized (waiting) {
                task = waiting.poll();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.debug("a task of a stream failed", e);
            }
        }
    }
}
