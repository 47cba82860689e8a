package io.statefulkit.embedded.node;

import io.statefulkit.embedded.api.ContainerStreams.ExecRequest;
import io.statefulkit.embedded.api.ContainerStreams.Execution;
import io.statefulkit.embedded.api.ContainerStreams.Output;
import io.statefulkit.embedded.node.process.ContainerCommand;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** A command in a container whose streams go to a client. Thread-safe. */
final class ExecSession implements Execution {

    private final ContainerCommand command;
    private final ProcessInput input;
    private final boolean finishes;

    private ExecSession(ContainerCommand command, boolean finishes, ExecutorService streams) {
        this.command = command;
        this.finishes = finishes;
        this.input = new ProcessInput(command, streams);
    }

    static ExecSession start(ContainerCommand command, Output output, ExecRequest request, ExecutorService streams) {
        ExecSession session = new ExecSession(command, request.stdin() && !request.tty(), streams);
        Object turn = new Object();
        try {
            CompletableFuture<Void> out = CompletableFuture.runAsync(
                    () -> Pump.run(command.stdout(), bytes -> {
                        synchronized (turn) {
                            output.stdout(bytes);
                        }
                    }),
                    streams);
            CompletableFuture<Void> err = CompletableFuture.runAsync(
                    () -> Pump.run(command.stderr(), bytes -> {
                        synchronized (turn) {
                            output.stderr(bytes);
                        }
                    }),
                    streams);
            CompletableFuture<?> unused = CompletableFuture.allOf(out, err)
                    .thenCombine(command.exit(), (nothing, code) -> code)
                    .whenComplete((code, problem) -> {
                        if (problem == null) {
                            output.exited(code);
                        } else {
                            output.failed(String.valueOf(problem.getMessage()));
                        }
                    });
        } catch (RejectedExecutionException e) {
            command.kill();
            output.failed("the node is closing");
        }
        if (!request.stdin()) {
            session.stdinClosed();
        }
        return session;
    }

    @Override
    public void stdin(byte[] bytes) {
        input.write(bytes);
    }

    @Override
    public void stdinClosed() {
        input.end();
    }

    @Override
    public void resize(int columns, int rows) {
        input.resize(columns, rows);
    }

    /**
     * The client is gone. What it sent before is read to the end: clients that know no other way end the input so. Nobody
     * can be waiting for a command without input, and one with a terminal is hung up on.
     */
    @Override
    public void close() {
        if (finishes) {
            stdinClosed();
        } else {
            command.kill();
        }
    }
}
