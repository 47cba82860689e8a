package io.statefulkit.embedded.node.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Starts processes of containers; everything it starts ends with this JVM. Thread-safe. */
public final class Processes implements AutoCloseable {

    /** Before the program runs, what it may only read is mounted over itself, in the container's own view of the mounts. */
    static final String START = "n=$1; shift; while [ \"$n\" -gt 0 ]; do"
            + " mount -o bind,ro \"$1\" \"$1\" 2> /dev/null; shift; n=$((n - 1)); done; exec \"$@\" 2>&1";

    private final Workspace workspace;
    private final Watchdog watchdog;
    private final Isolation isolation;

    /** Starts the watchdog; the workspace is deleted at the end. */
    public Processes(Workspace workspace, Isolation isolation) {
        this.workspace = workspace;
        this.isolation = isolation;
        this.watchdog = Watchdog.start(workspace);
    }

    /** Returns how far containers are kept apart. */
    public Isolation isolation() {
        return isolation;
    }

    /** Starts the main process of a container. */
    public ContainerProcess start(Launch launch) throws IOException {
        List<String> inner = new ArrayList<>(List.of("sh", "-c", START, "sh"));
        List<Path> readOnly = isolation.separatesMounts() ? launch.readOnly() : List.of();
        inner.add(Integer.toString(readOnly.size()));
        readOnly.forEach(path -> inner.add(path.toString()));
        inner.addAll(as(launch, launch.terminal() ? Terminal.wrap(launch.command()) : launch.command()));
        // What unshare and its like have to say is kept out of the container's log.
        Path complaints = launch.log().resolveSibling(launch.log().getFileName() + ".start");
        ProcessBuilder builder = builder(isolation.enter(inner), launch)
                // A terminal whose input ends would end what runs in it.
                .redirectInput(
                        launch.stdin() || launch.terminal()
                                ? ProcessBuilder.Redirect.PIPE
                                : ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()))
                .redirectError(complaints.toFile());
        return new ContainerProcess(run(builder), watchdog, isolation, new ExitCode(complaints), marker(launch));
    }

    /**
     * Runs another command inside a container: in its namespaces, as its user, with its environment.
     *
     * @param terminal whether the command gets a terminal of its own
     */
    public ContainerCommand exec(ContainerProcess container, Launch launch, Redirects redirects, boolean terminal)
            throws IOException {
        List<String> inner = terminal ? Terminal.wrap(launch.command()) : launch.command();
        List<String> command = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\""));
        command.add(launch.directory().toString());
        command.addAll(as(launch, inner));
        ProcessBuilder builder = builder(isolation.join(container.preparedPid(), command), launch);
        redirects.apply(builder);
        return new ContainerCommand(run(builder), watchdog);
    }

    private ProcessBuilder builder(List<String> command, Launch launch) {
        List<String> argv = new ArrayList<>(List.of(
                "setsid",
                "sh",
                workspace.launcher().toString(),
                workspace.root().toString()));
        argv.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(argv).directory(launch.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        return builder;
    }

    private Process run(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        CompletableFuture<Process> unused = process.onExit().whenComplete((ended, problem) -> forget(process.pid()));
        return process;
    }

    private void forget(long pid) {
        try {
            Files.deleteIfExists(workspace.pidFile(pid));
        } catch (IOException e) {
            // The sweep compares start times, so a stale file harms nobody.
            return;
        }
    }

    private static List<String> as(Launch launch, List<String> command) {
        return launch.user().map(user -> user.become(command)).orElse(command);
    }

    private static String marker(Launch launch) {
        return MARKER + "=" + launch.environment().getOrDefault(MARKER, "");
    }

    /** The variable that names the container a process belongs to. */
    public static final String MARKER = "STATEFULKIT_CONTAINER";

    /** The variable that names the directory of a container, which lies in the workspace. */
    public static final String ROOT = "STATEFULKIT_ROOT";

    @Override
    public void close() {
        workspace.delete();
        watchdog.close();
    }
}
