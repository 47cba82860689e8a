package io.statefulkit.embedded.node.process;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** A command that was started in a running container. */
public final class ContainerCommand implements Interactive {

    private final Process process;
    private final Watchdog watchdog;

    ContainerCommand(Process process, Watchdog watchdog) {
        this.process = process;
        this.watchdog = watchdog;
    }

    /** Returns the exit code when the command has ended: the status, or 128 and the signal. */
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    @Override
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    /** Returns its output. */
    public InputStream stdout() {
        return process.getInputStream();
    }

    /** Returns its error output. */
    public InputStream stderr() {
        return process.getErrorStream();
    }

    @Override
    public boolean resize(int columns, int rows) {
        return Terminal.resizeBelow(process.pid(), columns, rows);
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Kills it and its children. What it has left running when it has ended itself stays, as in any container: the main process
     * may have become its parent, and PostgreSQL takes a child that was killed for a server process that has crashed.
     */
    public void kill() {
        if (!process.isAlive()) {
            return;
        }
        for (long child : ProcessTable.descendants(process.pid())) {
            watchdog.signal("KILL", child);
        }
        watchdog.signal("KILL", -process.pid());
        process.destroyForcibly();
    }
}
