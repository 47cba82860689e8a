package io.statefulkit.embedded.node.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small process beside this JVM: it sends signals for it, and when the JVM is gone, however it ended, it kills what the
 * JVM started. Thread-safe.
 */
public final class Watchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final Process process;
    private final OutputStream commands;

    private Watchdog(Process process) {
        this.process = process;
        this.commands = process.getOutputStream();
    }

    /** Starts the watchdog of a workspace. */
    public static Watchdog start(Workspace workspace) {
        try {
            // A session of its own: Ctrl-C at the terminal must reach the JVM only.
            Process process = new ProcessBuilder(
                            "setsid",
                            "sh",
                            workspace.watchdog().toString(),
                            workspace.root().toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .directory(workspace.root().getRoot().toFile())
                    .start();
            return new Watchdog(process);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the node needs the programs setsid (util-linux) and sh on the PATH: " + e.getMessage(), e);
        }
    }

    /** Sends a signal, such as {@code TERM}; a negative pid means a process group. Nothing happens if there is no such process. */
    synchronized void signal(String signal, long pid) {
        try {
            commands.write((signal + " " + pid + "\n").getBytes(StandardCharsets.US_ASCII));
            commands.flush();
        } catch (IOException e) {
            LOG.warn("the watchdog is gone ({}); signals are sent one by one now", e.getMessage());
            sendAlone(signal, pid);
        }
    }

    private static void sendAlone(String signal, long pid) {
        try {
            new ProcessBuilder(List.of("kill", "-s", signal, "--", Long.toString(pid)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            LOG.warn("signal {} could not be sent to {}: {}", signal, pid, e.toString());
        }
    }

    @Override
    public synchronized void close() {
        try {
            commands.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
