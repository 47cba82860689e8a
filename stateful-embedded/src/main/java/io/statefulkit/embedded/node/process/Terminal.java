package io.statefulkit.embedded.node.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Gives a command a terminal by means of {@code script(1)}. */
final class Terminal {

    private Terminal() {}

    static List<String> wrap(List<String> command) {
        return List.of("script", "--quiet", "--return", "--flush", "--command", quoted(command), "/dev/null");
    }

    /** Sets the size of the terminal that a descendant of a process has, if one has any. */
    static boolean resizeBelow(long pid, int columns, int rows) {
        for (long child : ProcessTable.descendants(pid)) {
            Optional<Path> terminal = of(child);
            if (terminal.isPresent()) {
                return resize(terminal.get(), columns, rows);
            }
        }
        return false;
    }

    private static Optional<Path> of(long pid) {
        try {
            Path input = Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/0"));
            return input.startsWith("/dev/pts") ? Optional.of(input) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Tells a terminal its size; whoever runs in it is signalled by the kernel. */
    private static boolean resize(Path terminal, int columns, int rows) {
        try {
            Process process = new ProcessBuilder(
                            "stty",
                            "-F",
                            terminal.toString(),
                            "cols",
                            Integer.toString(columns),
                            "rows",
                            Integer.toString(rows))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String quoted(List<String> command) {
        StringBuilder line = new StringBuilder("exec");
        for (String word : command) {
            line.append(" '").append(word.replace("'", "'\\''")).append('\'');
        }
        return line.toString();
    }
}
