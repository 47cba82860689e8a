package io.statefulkit.embedded.node.process;

import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The processes of one started container. Thread-safe. */
public final class ContainerProcess implements Interactive {

    private static final Duration APPEARS_WITHIN = Duration.ofSeconds(30);

    private final Process process;
    private final Watchdog watchdog;
    private final Isolation isolation;
    private final String marker;
    private final CompletableFuture<Integer> exit;
    private volatile long main;

    ContainerProcess(Process process, Watchdog watchdog, Isolation isolation, ExitCode code, String marker) {
        this.process = process;
        this.watchdog = watchdog;
        this.isolation = isolation;
        this.marker = marker;
        this.exit = process.onExit().thenApply(ended -> {
            killStragglers();
            return code.of(ended);
        });
    }

    /** Returns the exit code when the main process has ended: its status, or 128 and the signal. */
    public CompletableFuture<Integer> exit() {
        return exit;
    }

    /** Waits for the end of the main process; returns whether it ended in time. */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Returns the pid of the container's main process as this machine sees it. In a pid namespace of its own that is the
     * child of what was started, which appears a moment after the start. What the launcher starts before it becomes the
     * program that makes the namespaces is no part of the container.
     */
    public long mainPid() {
        if (!isolation.separatesPids()) {
            return process.pid();
        }
        awaitWhile(() -> {
            List<Long> children = main == 0 && Isolation.MAKES_NAMESPACES.equals(ProcessTable.program(process.pid()))
                    ? ProcessTable.children(process.pid())
                    : List.of();
            if (!children.isEmpty()) {
                main = children.get(0);
            }
            return main == 0;
        });
        return main == 0 ? process.pid() : main;
    }

    /**
     * Returns the same pid, when all that is mounted for the container is there: who came sooner would find the machine's
     * processes, and could write to what is mounted for reading.
     */
    long preparedPid() {
        long pid = mainPid();
        if (isolation.separatesPids()) {
            // Those of the process that makes the namespaces and of its child have the script in them, until it runs
            // the program.
            awaitWhile(() -> ProcessTable.arguments(pid).contains(Processes.START));
        }
        return pid;
    }

    private void awaitWhile(BooleanSupplier isUnfinished) {
        long deadline = System.nanoTime() + APPEARS_WITHIN.toNanos();
        while (isUnfinished.getAsBoolean() && process.isAlive() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Returns the input of the main process; what is written without {@code stdin} in its launch goes nowhere. */
    @Override
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    @Override
    public boolean resize(int columns, int rows) {
        return Terminal.resizeBelow(process.pid(), columns, rows);
    }

    /** Sends a signal, such as {@code TERM}, to the main process. */
    public void signal(String signal) {
        long target = mainPid();
        if (process.isAlive()) {
            watchdog.signal(signal, target);
        }
    }

    /** Sends a signal to every process of the container. */
    public void signalAll(String signal) {
        for (long child : ProcessTable.descendants(process.pid())) {
            watchdog.signal(signal, child);
        }
        if (!isolation.separatesPids()) {
            watchdog.signal(signal, process.pid());
        }
    }

    /** Kills every process of the container. */
    public void killAll() {
        if (isolation.separatesPids()) {
            // The kernel ends everything in a pid namespace with its first process.
            watchdog.signal("KILL", mainPid());
            return;
        }
        for (long child : ProcessTable.descendants(process.pid())) {
            watchdog.signal("KILL", child);
        }
        watchdog.signal("KILL", -process.pid());
    }

    /** Without a pid namespace, what the main process started outlives it; a container's processes end together. */
    private void killStragglers() {
        if (!isolation.separatesPids()) {
            watchdog.signal("KILL", -process.pid());
            ProcessTable.withEnvironment(marker).forEach(pid -> watchdog.signal("KILL", pid));
        }
    }
}
