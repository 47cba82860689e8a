package io.statefulkit.embedded.node.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A command that was started in a running container. */
public final class ContainerCommand {

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

    /** Returns its input. */
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

    /** Sets the size of its terminal, if it has one by now; returns whether it was set. */
    public boolean resize(int columns, int rows) {
        for (long child : ProcessTable.descendants(process.pid())) {
            Optional<Path> terminal = terminal(child);
            if (terminal.isPresent()) {
                return Terminal.resize(terminal.get(), columns, rows);
            }
        }
        return false;
    }

    private static Optional<Path> terminal(long pid) {
        try {
            Path input = Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/0"));
            return input.startsWith("/dev/pts") ? Optional.of(input) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it and its children. */
    public void kill() {
        for (long child : ProcessTable.descendants(process.pid())) {
            watchdog.signal("KILL", child);
        }
        watchdog.signal("KILL", -process.pid());
        process.destroyForcibly();
    }
}
