package io.statefulkit.embedded.node.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Reads facts about processes from {@code /proc}. */
public final class ProcessTable {

    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    /** Returns when a process started, in clock ticks since boot; together with the pid it names one process only. */
    public static OptionalLong startTime(long pid) {
        String[] fields = stat(pid);
        return fields.length < 20 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[19]));
    }

    /** Returns whether a process is there and is no zombie. */
    public static boolean alive(long pid) {
        String[] fields = stat(pid);
        return fields.length > 0 && !"Z".equals(fields[0]) && !"X".equals(fields[0]);
    }

    /** Returns the name of the program that a process runs, or nothing when there is no such process. */
    static String program(long pid) {
        try {
            return Files.readString(PROC.resolve(pid + "/comm"), StandardCharsets.ISO_8859_1)
                    .trim();
        } catch (IOException e) {
            return "";
        }
    }

    /** Returns the arguments of a process, each followed by a null character; nothing when there is no such process. */
    static String arguments(long pid) {
        try {
            return Files.readString(PROC.resolve(pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Returns the children of a process, whichever of its threads started them. */
    public static List<Long> children(long pid) {
        List<Long> children = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(PROC.resolve(pid + "/task"))) {
            for (Path thread : threads) {
                children.addAll(childrenOf(thread));
            }
            return children;
        } catch (NoSuchFileException e) {
            // The process is gone, or the kernel lists no children.
            return alive(pid) ? scan(pid) : List.of();
        } catch (IOException | DirectoryIteratorException e) {
            return children;
        }
    }

    private static List<Long> childrenOf(Path thread) throws IOException {
        List<Long> children = new ArrayList<>();
        if (Files.isDirectory(thread)) {
            for (String child :
                    Files.readString(thread.resolve("children")).trim().split(" ", -1)) {
                if (!child.isEmpty()) {
                    children.add(Long.parseLong(child));
                }
            }
        }
        return children;
    }

    /** Returns all descendants of a process. */
    public static Set<Long> descendants(long pid) {
        Set<Long> found = new LinkedHashSet<>();
        Deque<Long> open = new ArrayDeque<>(children(pid));
        while (!open.isEmpty()) {
            long next = open.remove();
            if (found.add(next)) {
                open.addAll(children(next));
            }
        }
        return found;
    }

    /** Returns the processes of this user whose environment holds a variable that starts with {@code NAME=value}. */
    static List<Long> withEnvironment(String assignment) {
        byte[] wanted = ("\0" + assignment).getBytes(StandardCharsets.UTF_8);
        List<Long> found = new ArrayList<>();
        for (long pid : pids()) {
            try {
                byte[] environment = Files.readAllBytes(PROC.resolve(pid + "/environ"));
                if (contains(environment, wanted)) {
                    found.add(pid);
                }
            } catch (IOException e) {
                found.remove(pid); // Gone, or another user's.
            }
        }
        return found;
    }

    private static boolean contains(byte[] environment, byte[] wanted) {
        String text = "\0" + new String(environment, StandardCharsets.ISO_8859_1);
        return text.contains(new String(wanted, StandardCharsets.ISO_8859_1));
    }

    private static List<Long> scan(long parent) {
        List<Long> children = new ArrayList<>();
        for (long pid : pids()) {
            String[] fields = stat(pid);
            if (fields.length > 1 && Long.toString(parent).equals(fields[1])) {
                children.add(pid);
            }
        }
        return children;
    }

    private static List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                pids.add(Long.parseLong(entry.getFileName().toString()));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return pids;
    }

    /** The fields after the name, which may itself hold blanks and parentheses; empty when there is no such process. */
    private static String[] stat(long pid) {
        try {
            String line = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            return line.substring(line.lastIndexOf(')') + 2).trim().split(" ", -1);
        } catch (IOException e) {
            return new String[0];
        }
    }
}
