package io.statefulkit.embedded.node.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How far a container is kept apart from the machine: pid and ipc namespaces of its own where the machine allows it.
 * Servers guard their data by pids and shared memory, so two of them meet as strangers here exactly as they do in two
 * real pods.
 */
public final class Isolation {

    /** Nothing is kept apart. */
    public static final Isolation NONE = new Isolation("none", List.of(), List.of());

    /** The name of the program that a container is started with; its only child is the container's first process. */
    static final String MAKES_NAMESPACES = "unshare";

    private static final String OWN_MOUNTS = "pid-ipc-mount";

    private final String name;
    private final List<String> enter;
    private final List<String> join;

    private Isolation(String name, List<String> enter, List<String> join) {
        this.name = name;
        this.enter = enter;
        this.join = join;
    }

    /** Finds out what this machine allows by trying it; takes some milliseconds. */
    public static Isolation probe() {
        for (Isolation candidate : candidates()) {
            if (works(candidate)) {
                return candidate;
            }
        }
        return NONE;
    }

    /** Returns {@code none}, or which namespaces there are, such as {@code pid-ipc-mount}: also the value of a node label. */
    public String name() {
        return name;
    }

    /** Returns whether a container has a pid namespace of its own. */
    public boolean separatesPids() {
        return !enter.isEmpty();
    }

    /** Returns whether a container can have mounts that nobody else sees. */
    boolean separatesMounts() {
        return name.equals(OWN_MOUNTS);
    }

    List<String> enter(List<String> command) {
        return concat(enter, command);
    }

    List<String> join(long pid, List<String> command) {
        if (join.isEmpty()) {
            return command;
        }
        List<String> prefix = new ArrayList<>(List.of("nsenter", "--target", Long.toString(pid)));
        prefix.addAll(join);
        prefix.add("--");
        return concat(prefix, command);
    }

    private static List<Isolation> candidates() {
        List<String> fork = List.of("--pid", "--ipc", "--fork", "--kill-child=SIGKILL");
        List<String> user = List.of(MAKES_NAMESPACES, "--user", "--map-current-user");
        List<String> joinUser = List.of("--user", "--preserve-credentials", "--pid", "--ipc");
        return List.of(
                new Isolation(
                        OWN_MOUNTS,
                        concat(List.of(MAKES_NAMESPACES, "--mount-proc"), fork),
                        List.of("--pid", "--ipc", "--mount")),
                new Isolation("pid-ipc", concat(List.of(MAKES_NAMESPACES), fork), List.of("--pid", "--ipc")),
                new Isolation(
                        "user-pid-ipc-mount",
                        concat(concat(user, List.of("--mount-proc")), fork),
                        concat(joinUser, List.of("--mount"))),
                new Isolation("user-pid-ipc", concat(user, fork), joinUser));
    }

    private static boolean works(Isolation candidate) {
        return run(candidate.enter(List.of("sh", "-c", "test $$ = 1"))) && run(List.of("nsenter", "--version"));
    }

    private static boolean run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
