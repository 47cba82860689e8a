package io.statefulkit.embedded.node;

import io.statefulkit.embedded.api.ContainerStreams.Execution;
import io.statefulkit.embedded.node.process.ContainerProcess;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client at the streams of a container's main process: it may come and go while the process stays. Thread-safe. */
final class AttachSession implements Execution {

    private final Execution output;
    private final boolean stdin;
    private final boolean once;
    private final ProcessInput input;
    private final AtomicBoolean inputEnded = new AtomicBoolean();

    /**
     * Takes what follows the output.
     *
     * @param stdin whether the container takes input and the client sends it
     * @param once whether the container's input ends with that of its first client
     */
    AttachSession(ContainerProcess process, Execution output, boolean stdin, boolean once, ExecutorService streams) {
        this.output = output;
        this.stdin = stdin;
        this.once = once;
        this.input = new ProcessInput(process, streams);
    }

    @Override
    public void stdin(byte[] bytes) {
        if (stdin) {
            input.write(bytes);
        }
    }

    @Override
    public void stdinClosed() {
        if (stdin && once && inputEnded.compareAndSet(false, true)) {
            input.end();
        }
    }

    @Override
    public void resize(int columns, int rows) {
        input.resize(columns, rows);
    }

    @Override
    public void close() {
        stdinClosed();
        output.close();
    }
}
