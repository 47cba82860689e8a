package io.statefulkit.embedded.node;

import io.statefulkit.embedded.node.process.Interactive;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/** What a client sends to a process, in its order: input, and the size of its terminal. Thread-safe. */
final class ProcessInput {

    private static final Duration TERMINAL_WITHIN = Duration.ofSeconds(2);
    private static final Duration TERMINAL_RETRY = Duration.ofMillis(20);

    private final Interactive process;
    private final Serial turns;

    ProcessInput(Interactive process, Executor streams) {
        this.process = process;
        this.turns = new Serial(streams);
    }

    void write(byte[] bytes) {
        byte[] copy = bytes.clone();
        turns.execute(() -> {
            try {
                process.stdin().write(copy);
                process.stdin().flush();
            } catch (IOException e) {
                // The process reads no longer; that is its right.
                return;
            }
        });
    }

    void end() {
        turns.execute(() -> {
            try {
                process.stdin().close();
            } catch (IOException e) {
                return;
            }
        });
    }

    void resize(int columns, int rows) {
        turns.execute(() -> {
            // The client tells the size before the terminal is there.
            long deadline = System.nanoTime() + TERMINAL_WITHIN.toNanos();
            while (!process.resize(columns, rows) && process.isAlive() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(TERMINAL_RETRY.toNanos());
            }
        });
    }
}
