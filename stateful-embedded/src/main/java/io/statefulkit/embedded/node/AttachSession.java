package io.statefulkit.embedded.node;

import io.statefulkit.embedded.api.ContainerStreams.Execution;
import io.statefulkit.embedded.node.process.ContainerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A client at the streams of a container's main process: it may come and go while the process stays. Thread-safe. */
final class AttachSession implements Execution {

    private static final Duration TERMINAL_WITHIN = Duration.ofSeconds(2);
    private static final Duration TERMINAL_RETRY = Duration.ofMillis(20);

    private final ContainerProcess process;
    private final Execution output;
    private final boolean stdin;
    private final boolean once;
    private final Serial input;
    private final AtomicBoolean inputEnded = new AtomicBoolean();

    /**
     * Takes what follows the output.
     *
     * @param stdin whether the container takes input and the client sends it
     * @param once whether the container's input ends with that of its first client
     */
    AttachSession(ContainerProcess process, Execution output, boolean stdin, boolean once, ExecutorService streams) {
        this.process = process;
        this.output = output;
        this.stdin = stdin;
        this.once = once;
        this.input = new Serial(streams);
    }

    @Override
    public void stdin(byte[] bytes) {
        if (!stdin) {
            return;
        }
        byte[] copy = bytes.clone();
        input.execute(() -> {
            try {
                process.stdin().write(copy);
                process.stdin().flush();
            } catch (IOException e) {
                // The process reads no longer; that is its right.
                return;
            }
        });
    }

    @Override
    public void stdinClosed() {
        if (stdin && once && inputEnded.compareAndSet(false, true)) {
            input.execute(() -> {
                try {
                    process.stdin().close();
                } catch (IOException e) {
                    return;
                }
            });
        }
    }

    @Override
    public void resize(int columns, int rows) {
        input.execute(() -> {
            long deadline = System.nanoTime() + TERMINAL_WITHIN.toNanos();
            while (!process.resize(columns, rows) && process.isAlive() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(TERMINAL_RETRY.toNanos());
            }
        });
    }

    @Override
    public void close() {
        stdinClosed();
        output.close();
    }
}
