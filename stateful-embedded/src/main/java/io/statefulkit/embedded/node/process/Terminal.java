package io.statefulkit.embedded.node.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Gives a command a terminal by means of {@code script(1)}. */
final class Terminal {

    private Terminal() {}

    static List<String> wrap(List<String> command) {
        return List.of("script", "--quiet", "--return", "--flush", "--command", quoted(command), "/dev/null");
    }

    /** Tells a terminal its size; whoever runs in it is signalled by the kernel. */
    static boolean resize(Path terminal, int columns, int rows) {
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
